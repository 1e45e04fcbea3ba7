// A password can be read by the person who types it.
for (const place of document.querySelectorAll("[data-password]")) {
  const field = place.querySelector("input");
  const button = place.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", () => {
    const isShown = field.type === "password";
    field.type = isShown ? "text" : "password";
    button.setAttribute("aria-pressed", String(isShown));
  });
}
