// Shows beside a textarea the page its text will become. The server renders and cleans the HTML.
const WAIT = 350;

async function rendered(url, text) {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const answer = await fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": token, Accept: "text/html" },
    body: new URLSearchParams({ text }),
  });
  if (!answer.ok) throw new Error(`preview answered ${answer.status}`);
  return answer.text();
}

function follow(editor) {
  const area = document.getElementById(editor.dataset.preview);
  const target = editor.querySelector("[data-preview-target]");
  let timer = 0;
  let latest = 0;

  async function show() {
    if (editor.classList.contains("is-rich")) return;
    const turn = ++latest;
    try {
      const html = await rendered(editor.dataset.url, area.value);
      if (turn === latest) target.innerHTML = html;
    } catch {
      if (turn === latest) target.replaceChildren(document.querySelector('[data-template="preview-failed"]').content.cloneNode(true));
    }
  }

  editor.querySelector(".editor__preview").hidden = false;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, WAIT);
  });
  if (area.value.trim()) show();
}

for (const editor of document.querySelectorAll("[data-preview]")) follow(editor);
