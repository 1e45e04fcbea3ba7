// Keeps what is being typed in a field with data-draft="<key>" in this browser, and offers it again if it was not sent.
// Kept apart for each person, forgotten after thirty days, when it was received, and at sign-out.
const DAYS_KEPT = 30;
const PREFIX = `draft:${document.querySelector("[data-person]")?.dataset.person ?? ""}:`;
const fields = document.querySelectorAll("[data-draft]");
const page = location.pathname;

const read = (name) => JSON.parse(localStorage.getItem(name) ?? "null");
const write = (name, kept) => localStorage.setItem(name, JSON.stringify(kept));
const names = () => Object.keys(localStorage).filter((name) => name.startsWith("draft:"));

// A form that arrived leads on to another page. One that the network lost leads nowhere, and its page comes back; one that was
// refused, or shown again before saving, is still to be sent.
function settle(name, kept) {
  const came = document.referrer ? new URL(document.referrer).pathname : "";
  const isStillHere = [...fields].some((field) => name === PREFIX + field.dataset.draft && field.value === kept.text);
  const isBack = page === kept.sentFrom && performance.getEntriesByType("navigation")[0]?.type !== "navigate";
  if (isStillHere || isBack) write(name, { ...kept, sentFrom: undefined });
  else if (came !== kept.sentFrom || page === kept.sentFrom) return;
  else if (document.querySelector(".is-refusal, .has-error, .error-summary")) write(name, { ...kept, sentFrom: page });
  else if (name.startsWith(PREFIX)) localStorage.removeItem(name);
}

function settleAll() {
  const oldest = Date.now() - DAYS_KEPT * 86400000;
  for (const name of names()) {
    const kept = read(name);
    if (kept.at < oldest) localStorage.removeItem(name);
    else if (kept.sentFrom) settle(name, kept);
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
  settleAll();
  fields.forEach(keep);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-forgets-typed]")) fields.forEach((field) => localStorage.removeItem(PREFIX + field.dataset.draft));
    if (event.target.matches("[data-forgets-drafts]")) names().forEach((name) => localStorage.removeItem(name));
  });
} catch {
  // A browser that refuses storage only loses this convenience.
}
