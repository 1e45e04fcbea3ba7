// The key of data-shortcut goes to that field. A one-letter key can disturb people who dictate: it can be switched off.
const SETTING = "shortcuts-off";
const isOff = () => localStorage.getItem(SETTING) === "1";
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isOff()) return;
  const field = document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
  if (!field) return;
  event.preventDefault();
  field.focus();
});

for (const place of document.querySelectorAll("[data-shortcut-setting]")) {
  const button = place.querySelector("[data-shortcut-toggle]");
  place.hidden = false;
  button.setAttribute("aria-pressed", String(!isOff()));
  button.addEventListener("click", () => {
    localStorage.setItem(SETTING, isOff() ? "0" : "1");
    button.setAttribute("aria-pressed", String(!isOff()));
  });
}
