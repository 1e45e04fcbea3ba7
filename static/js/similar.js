// Shows under a title being typed what resembles it already: the server finds it among what this person may read.
const PAUSE = 500;

function follow(field) {
  const found = field.closest("form").querySelector("[data-similar-found]");
  let timer = 0;
  let latest = 0;

  async function look() {
    const turn = ++latest;
    const title = field.value.trim();
    if (title.length < 4) return found.replaceChildren();
    try {
      const answer = await fetch(`${field.dataset.similar}?${new URLSearchParams({ q: title })}`, { headers: { Accept: "text/html" } });
      const html = answer.ok && !answer.redirected ? await answer.text() : "";
      if (turn === latest) found.innerHTML = html;
    } catch {
      if (turn === latest) found.replaceChildren();
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
}

for (const field of document.querySelectorAll("[data-similar]")) follow(field);
