// Signing in with a passkey, and adding one. Without scripts the password does the same.
import { toast } from "./toast.js";

async function post(url, body = null) {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const headers = { "X-CSRFToken": token, "Content-Type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error);
  return said;
}

async function talk(button) {
  const { options, answer, passkey } = button.dataset;
  const asked = await post(options);
  const credential =
    passkey === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
  const done = await post(answer, JSON.stringify(credential.toJSON()));
  location.assign(done.next);
}

if (window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
  for (const button of document.querySelectorAll("[data-passkey]")) {
    button.closest("[hidden]")?.removeAttribute("hidden");
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await talk(button);
      } catch (problem) {
        // The person closed the browser's own dialog: that needs no words of ours.
        if (problem.name !== "NotAllowedError") toast(problem.message || button.dataset.failed, "error");
      }
      button.disabled = false;
    });
  }
}
