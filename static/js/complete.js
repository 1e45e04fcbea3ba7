// While a question is typed: titles, decisions and people that begin so. Arrows choose, Enter goes there, Escape closes.
const PAUSE = 120;
let number = 0;

function follow(field) {
  const list = document.createElement("ul");
  list.id = `completions-${++number}`;
  list.className = "menu__panel completions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.completeLabel);
  list.hidden = true;
  field.closest("form").append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    field.setAttribute(name, value);
  }
  let timer = 0;
  let latest = 0;
  let chosen = -1;

  const options = () => [...list.children];

  function choose(place) {
    chosen = place;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = options()[place];
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  function close() {
    latest += 1;
    clearTimeout(timer);
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function show(found) {
    list.replaceChildren(...found.map((one, at) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${at}`;
      option.setAttribute("role", "option");
      option.dataset.url = one.url;
      const kind = document.createElement("span");
      kind.className = "quiet";
      kind.textContent = one.kind;
      option.append(one.words, " ", kind);
      return option;
    }));
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  }

  async function look() {
    const turn = ++latest;
    const typed = field.value.trim();
    if (typed.length < 2) return close();
    try {
      const answer = await fetch(`${field.dataset.complete}?${new URLSearchParams({ q: typed })}`, { headers: { Accept: "application/json" } });
      const found = answer.ok && !answer.redirected ? await answer.json() : [];
      if (turn === latest) show(found);
    } catch {
      if (turn === latest) close();
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const many = list.children.length;
    if (event.key === "ArrowDown") choose(chosen + 1 < many ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? many - 1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.assign(options()[chosen].dataset.url);
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[data-url]");
    if (!option) return;
    event.preventDefault();
    location.assign(option.dataset.url);
  });
  field.addEventListener("blur", close);
}

for (const field of document.querySelectorAll("[data-complete]")) follow(field);
