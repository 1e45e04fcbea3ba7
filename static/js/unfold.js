// A folded part of a form that matters for the method just picked opens by itself; none ever closes.
document.addEventListener("change", (event) => {
  if (!event.target.matches("input[type=radio][name=method]")) return;
  for (const part of event.target.form.querySelectorAll("details[data-unfolds]")) {
    if (part.dataset.unfolds.split(" ").includes(event.target.value)) part.open = true;
  }
});
