// Messages can be put away; other modules can show one without reloading the page.
for (const button of document.querySelectorAll("[data-dismiss]")) button.hidden = false;

for (const place of document.querySelectorAll("[data-focus]")) place.focus();

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest("[data-message]").remove();
  const asks = event.target.closest("[data-toast]");
  if (asks) toast(asks.dataset.toast, asks.dataset.toastKind);
});

/** Shows `text` at the foot of the window; `kind` is "", "success" or "error". It stays until it is put away. */
export function toast(text, kind = "") {
  const template = document.querySelector(`[data-template="message${kind && "-" + kind}"]`);
  const message = template.content.firstElementChild.cloneNode(true);
  message.querySelector("p").textContent = text;
  message.querySelector("[data-dismiss]").hidden = false;
  floating().append(message);
}

function floating() {
  const place = document.querySelector("[data-floating]");
  if (place) return place;
  const made = document.createElement("div");
  made.className = "messages";
  made.dataset.floating = "";
  made.setAttribute("role", "status");
  document.body.append(made);
  return made;
}
