// A form with data-autosubmit is sent when a choice changes; its own button, then useless, is hidden.
for (const form of document.querySelectorAll("form[data-autosubmit]")) {
  for (const button of form.querySelectorAll("[data-autosubmit-button]")) button.hidden = true;
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=radio], input[type=checkbox]")) form.requestSubmit();
  });
}
