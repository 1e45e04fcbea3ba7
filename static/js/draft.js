// Keeps what is being typed in a field with data-draft="<key>" in this browser, and offers it again if it was not sent.
// Kept apart for each person, forgotten after thirty days, when it was received, and at sign-out.
const DAYS_KEPT = 30;
const PREFIX = `draft:${document.querySelector("[data-person]")?.dataset.person ?? ""}:`;
const fields = document.querySelectorAll("[data-draft]");
const page = location.pathname;

const read = (name) => JSON.parse(localStorage.getItem(name) ?? "null");
const write = (name, kept) => localStorage.setItem(name, JSON.stringify(kept));
const names = () => Object.keys(localStorage).filter((name) => name.startsWith("draft:"));

function forgetOldAndReceived() {
  const oldest = Date.now() - DAYS_KEPT * 86400000;
  const arrived = !document.querySelector(".is-refusal, .has-error, .error-summary");
  for (const name of names()) {
    const kept = read(name);
    const wasReceived = kept.sentFrom && kept.sentFrom !== page && arrived && name.startsWith(PREFIX);
    if (kept.at < oldest || wasReceived) localStorage.removeItem(name);
  }
}

function offer(field, name, kept) {
  const message = document.querySelector('[data-template="draft-offer"]').content.firstElementChild.cloneNode(true);
  const time = message.querySelector("time");
  time.dateTime = new Date(kept.at).toISOString();
  time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }).format(kept.at);
  message.querySelector("[data-take]").addEventListener("click", () => {
    field.value = kept.text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    message.remove();
    field.focus();
  });
  message.querySelector("[data-drop]").addEventListener("click", () => {
    localStorage.removeItem(name);
    message.remove();
    field.focus();
  });
  field.closest(".field").before(message);
}

function keep(field) {
  const name = PREFIX + field.dataset.draft;
  const kept = read(name);
  if (kept && kept.text !== field.value) offer(field, name, kept);
  field.addEventListener("input", () => write(name, { text: field.value, at: Date.now() }));
  field.form?.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) return;
    if (read(name)) write(name, { ...read(name), sentFrom: page });
  });
}

try {
  forgetOldAndReceived();
  fields.forEach(keep);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-forgets-drafts]")) names().forEach((name) => localStorage.removeItem(name));
  });
} catch {
  // A browser that refuses storage only loses this convenience.
}
