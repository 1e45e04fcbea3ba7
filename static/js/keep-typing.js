// Sends what is being typed in a form with data-keeps="<address>" to the server a little after each pause, where it is kept for
// this person alone and comes back when the form is opened again.
const PAUSE = 1500;

function follow(form) {
  const note = form.querySelector("[data-kept-note]");
  const token = document.querySelector('meta[name="csrf-token"]').content;
  let timer = 0;
  let isSent = false;

  async function keep() {
    if (isSent) return;
    try {
      const answer = await fetch(form.dataset.keeps, {
        method: "POST",
        headers: { "X-CSRFToken": token },
        body: new URLSearchParams(new FormData(form)),
        redirect: "error",
      });
      if (!answer.ok) return;
      note.hidden = false;
      const now = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(new Date());
      note.querySelector("[data-kept-at]").textContent = `(${now})`;
    } catch {
      // Without a connection the browser's own draft remains.
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    isSent = true;
    clearTimeout(timer);
  });
}

for (const form of document.querySelectorAll("form[data-keeps]")) follow(form);
