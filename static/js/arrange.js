// Lets lines be dragged to their place, and moved with Alt and an arrow. The buttons do the same without scripts.
const STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
const list = document.querySelector("[data-arrange]");

function side(row, event) {
  const { top, height } = row.getBoundingClientRect();
  const part = (event.clientY - top) / height;
  if (part < 0.3) return "before";
  return part > 0.7 ? "after" : "into";
}

function unmark() {
  for (const row of list.children) delete row.dataset.drop;
}

function follow(row) {
  const form = row.querySelector("form");
  if (form) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData("text/plain", row.dataset.page);
      event.dataTransfer.effectAllowed = "move";
      row.dataset.dragged = "";
    });
    row.addEventListener("dragend", () => {
      delete row.dataset.dragged;
      unmark();
    });
    row.addEventListener("keydown", (event) => {
      const button = event.altKey && form.querySelector(`[value="${STEPS[event.key]}"]`);
      if (!button) return;
      event.preventDefault();
      form.requestSubmit(button);
    });
  }
  row.addEventListener("dragover", (event) => {
    const dragged = list.querySelector("[data-dragged]");
    if (!dragged || dragged === row) return;
    event.preventDefault();
    unmark();
    row.dataset.drop = side(row, event);
  });
  row.addEventListener("drop", (event) => {
    const dragged = list.querySelector("[data-dragged]");
    if (!dragged || dragged === row) return;
    event.preventDefault();
    const moved = dragged.querySelector("form");
    moved.action = moved.dataset.drop;
    moved.elements.beside.value = row.dataset.page;
    moved.elements.where.value = side(row, event);
    moved.submit();
  });
}

if (list) {
  document.querySelector("[data-arrange-hint]").hidden = false;
  for (const row of list.children) follow(row);
  // After a step the same button waits under the hand.
  document.querySelector(".arrange__row:target [value='up']")?.focus({ preventScroll: true });
}
