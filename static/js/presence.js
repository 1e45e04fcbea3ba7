// Tells the server that somebody writes on a page, and shows who else does. It never takes the focus and stops nobody.
const EVERY = 20_000;
const IDLE_AFTER = 300_000;

function follow(box) {
  const url = box.dataset.presence;
  const meta = document.querySelector('meta[name="csrf-token"]');
  let lastAct = Date.now();
  let isSent = false;

  async function tell() {
    if (isSent || document.hidden) return;
    const said = Date.now() - lastAct > IDLE_AFTER ? { idle: "1" } : {};
    try {
      const answer = await fetch(url, { method: "POST", headers: { "X-CSRFToken": meta.content }, body: new URLSearchParams(said) });
      if (!answer.ok) return;
      const notice = (await answer.text()).trim();
      if (notice !== box.innerHTML.trim()) box.innerHTML = notice;
    } catch {
      // Without a connection nobody is told; the save puts the texts together all the same.
    }
  }

  for (const act of ["input", "keydown", "pointerdown"]) document.addEventListener(act, () => (lastAct = Date.now()), { passive: true });
  document.addEventListener("visibilitychange", tell);
  document.addEventListener("submit", () => (isSent = true));
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    isSent = false;
    tell();
  });
  window.addEventListener("pagehide", () => {
    if (!isSent) navigator.sendBeacon(url, new URLSearchParams({ csrf_token: meta.content, leaving: "1" }));
  });
  setInterval(tell, EVERY);
  tell();
}

for (const box of document.querySelectorAll("[data-presence]")) follow(box);
