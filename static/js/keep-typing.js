// Sends what is being typed in a form with data-keeps="<address>" to the server a little after each pause, where it is kept for
// this person alone and comes back when the form is opened again. Says so, and says when it does not succeed.
const PAUSE = 1500;

function follow(form) {
  const note = form.querySelector("[data-kept-note]");
  const meta = document.querySelector('meta[name="csrf-token"]');
  let timer = 0;
  let isSent = false;
  let state = "";

  function say(now) {
    state = now;
    note.hidden = false;
    for (const words of note.querySelectorAll("[data-kept]")) words.hidden = words.dataset.kept !== state;
  }

  async function keep() {
    if (isSent) return;
    try {
      const answer = await fetch(form.dataset.keeps, {
        method: "POST",
        headers: { "X-CSRFToken": meta.content },
        body: new URLSearchParams(new FormData(form)),
        redirect: "error",
      });
      if (answer.status === 400) return say("ended");
      if (!answer.ok) return;
      say("here");
      const now = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(new Date());
      note.querySelector("[data-kept-at]").textContent = `(${now})`;
    } catch {
      say("away"); // The browser's own draft remains.
    }
  }

  /** Whoever signed in again in another window goes on here: the forms of this page get the token of the new session. */
  async function goOn() {
    if (state !== "ended") return;
    const answer = await fetch(form.elements.namedItem("place").value).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector('meta[name="csrf-token"]');
    meta.content = fresh.content;
    for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = fresh.content;
    keep();
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    isSent = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isSent = false;
  });
  window.addEventListener("online", () => state === "away" && keep());
  window.addEventListener("focus", goOn);
}

for (const form of document.querySelectorAll("form[data-keeps]")) follow(form);
