// Starts the design systems' components, also in what htmx brings in later.
import { initAll } from "../vendor/js/govuk-frontend.js";
import { initAll as initAllMoj } from "../vendor/js/moj-frontend.js";
import { watchPolls } from "./polls.js";
import { isPoll, startTimeout } from "./timeout.js";

initAll();
initAllMoj();
startTimeout(document.getElementById("timeout"));
watchPolls(document.body);

document.body.addEventListener("htmx:afterSettle", (event) => {
  initAll({ scope: event.detail.elt });
  initAllMoj({ scope: event.detail.elt });
});

// A page nobody looks at asks for nothing.
document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && isPoll(event.detail.elt)) event.preventDefault();
});
