// Warns two minutes before the idle time-out, and clears the screen when it comes.
const WARN_SECONDS = 120;

/** Whether an element asks the server by itself: such requests do not keep a session alive. */
export function isPoll(element) {
  return (element.getAttribute("hx-trigger") ?? "").includes("every ");
}

function words(seconds, said) {
  if (seconds > 60) return said.inTwoMinutes;
  return seconds > 30 ? said.inOneMinute : said.inSeconds;
}

/** Opens the dialog in time. Activity in another tab counts, because the session is the same. */
export function startTimeout(dialog) {
  if (!dialog) return;
  const text = dialog.querySelector("#timeout-text");
  const tabs = new BroadcastChannel("vigil-activity");
  let deadline;

  const renew = () => {
    deadline = Date.now() + Number(dialog.dataset.idleSeconds) * 1000;
    if (dialog.open) dialog.close();
  };
  const active = () => {
    renew();
    tabs.postMessage("active");
  };
  const end = () => window.location.replace(dialog.dataset.endedUrl);
  const tick = () => {
    const seconds = (deadline - Date.now()) / 1000;
    if (seconds <= 0) return end();
    if (seconds > WARN_SECONDS) return;
    const told = words(seconds, dialog.dataset);
    if (text.textContent !== told) text.textContent = told;
    if (!dialog.open) dialog.showModal();
  };

  tabs.addEventListener("message", renew);
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && !isPoll(event.detail.elt)) active();
  });
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.querySelector("[data-keep-alive]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null);
    if (answer?.ok) active();
    else end();
  });
  active();
  setInterval(tick, 1000);
}
