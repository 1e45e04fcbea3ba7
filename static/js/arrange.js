// Lets lines be dragged to their place, and moved with Alt and an arrow. The buttons do the same without scripts.
const STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
const list = document.querySelector("[data-arrange]");
let dragged = null;
let wanted = null;

function side(row, event) {
  const { top, height } = row.getBoundingClientRect();
  const part = (event.clientY - top) / height;
  if (part < 0.3) return "before";
  return part > 0.7 ? "after" : "into";
}

function unmark() {
  for (const row of list.children) row.style.outline = "";
}

// Shows the line where it would come to stand; below another one, it stays and the other is marked.
function over(row, event) {
  event.preventDefault();
  if (!dragged || row === dragged) return;
  unmark();
  const where = side(row, event);
  wanted = { beside: row.dataset.page, where };
  if (where === "into") row.style.outline = "2px solid";
  else row[where](dragged);
}

function drop(event) {
  event.preventDefault();
  if (!dragged || !wanted) return;
  const form = dragged.querySelector("form");
  form.action = form.dataset.drop;
  form.elements.beside.value = wanted.beside;
  form.elements.where.value = wanted.where;
  form.submit();
}

function follow(row) {
  row.addEventListener("dragover", (event) => over(row, event));
  const form = row.querySelector("form");
  if (!form) return;
  row.draggable = true;
  row.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/plain", row.dataset.page);
    dragged = row;
    wanted = null;
  });
  row.addEventListener("dragend", unmark);
  row.addEventListener("keydown", (event) => {
    const button = event.altKey && form.querySelector(`[value="${STEPS[event.key]}"]`);
    if (!button) return;
    event.preventDefault();
    form.requestSubmit(button);
  });
}

if (list) {
  document.querySelector("[data-arrange-hint]").hidden = false;
  list.addEventListener("drop", drop);
  for (const row of list.children) follow(row);
  // After a step the line keeps the hand; the browser itself goes to its place first, and takes the focus along.
  addEventListener("load", () => {
    document.getElementById(location.hash.slice(1))?.querySelector("[value='up']")?.focus({ preventScroll: true });
  });
}
