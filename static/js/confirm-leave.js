// A form with data-confirm-leave asks before the page is left with words that were not sent.
const changed = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-confirm-leave]")) changed.add(form);
});

document.addEventListener("submit", () => changed.clear());

window.addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});
