// Says since when a part that fetches itself anew has stood still, once its fetches fail.
import { isPoll } from "./timeout.js";

/** Shows the notice of the part, or on parts without room for one, says it as the part's title. */
function say(part) {
  const words = `Not updated since ${part.dataset.poll}`;
  const notice = part.querySelector("[data-poll-notice]");
  if (!notice) {
    part.title = words;
    return;
  }
  notice.hidden = false;
  if (notice.textContent !== words) notice.textContent = words;
}

/** Listens for failed fetches; a successful one brings a new part, which says nothing. */
export function watchPolls(root) {
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    root.addEventListener(name, (event) => {
      const part = event.detail.elt;
      if (part.dataset.poll && isPoll(part)) say(part);
    });
  }
}
