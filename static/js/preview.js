// Shows beside a textarea the page its text will become, at the place where one writes. The server renders and cleans the HTML.
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
      if (turn !== latest) return;
      target.innerHTML = html;
      keepUp();
    } catch {
      if (turn === latest) target.replaceChildren(document.querySelector('[data-template="preview-failed"]').content.cloneNode(true));
    }
  }

  /** Moves the page as far down as the cursor is in the text; a wide window alone has both side by side. */
  function keepUp() {
    const share = area.selectionEnd / Math.max(area.value.length, 1);
    target.scrollTop = share * target.scrollHeight - target.clientHeight / 2;
  }

  editor.querySelector(".editor__preview").hidden = false;
  for (const moved of ["keyup", "click"]) area.addEventListener(moved, keepUp);
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, WAIT);
  });
  if (area.value.trim()) show();
}

for (const editor of document.querySelectorAll("[data-preview]")) follow(editor);
