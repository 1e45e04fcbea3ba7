// Opens a <dialog> from any element with data-opens="<id>", closes it from data-closes or by a click outside.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  if (event.target.closest("[data-closes]") || isBackdrop(event)) {
    event.target.closest("dialog")?.close();
  }
});

function isBackdrop(event) {
  if (event.target.nodeName !== "DIALOG") return false;
  const box = event.target.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
