// Proposes tags that exist while one is typed in a field of several, parted by commas.
const PAUSE = 200;

function follow(field) {
  const list = document.getElementById(field.getAttribute("list"));
  let timer = 0;
  let latest = 0;

  async function look() {
    const turn = ++latest;
    const parts = field.value.split(/[,;]/);
    const typed = parts.pop().trim();
    const before = parts.map((part) => part.trim()).filter(Boolean);
    if (!typed) return list.replaceChildren();
    try {
      const answer = await fetch(`${field.dataset.completes}?${new URLSearchParams({ q: typed })}`, { headers: { Accept: "application/json" } });
      const { tags } = answer.ok && !answer.redirected ? await answer.json() : { tags: [] };
      if (turn !== latest) return;
      const wanted = tags.filter((tag) => !before.includes(tag));
      list.replaceChildren(...wanted.map((tag) => new Option(tag, [...before, tag].join(", "))));
    } catch {
      if (turn === latest) list.replaceChildren();
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
}

for (const field of document.querySelectorAll("[data-completes]")) follow(field);
