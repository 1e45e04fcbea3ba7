// Keeps "in 3 hours" true while the page stays open.
const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "fr");

function inWords(instant) {
  const seconds = (instant - Date.now()) / 1000;
  const [unit, size] = STEPS.find(([, each]) => Math.abs(seconds) >= each * 0.85) ?? STEPS.at(-1);
  return words.format(Math.round(seconds / size), unit);
}

function refresh() {
  for (const time of document.querySelectorAll("time[data-relative]")) time.textContent = inWords(new Date(time.dateTime));
}

if (document.querySelector("time[data-relative]")) {
  refresh();
  setInterval(refresh, 30000);
}
