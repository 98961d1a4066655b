// Outcomes and sentence of the page, and the language of the document.
import { askOnceBack } from "./back.js";
import { follow, settle } from "./live.js";
import { nameControls } from "./names.js";
import "./from.js";
import "./turn.js";
import { keepUnsaved } from "./unsaved.js";
import { leaveWorlds } from "./worlds.js";

const views = new WeakMap();

export default function page({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".sim-page");
  if (!root || !data) return undefined;
  if (data.back) {
    askOnceBack(() => setTriggerValue("back", true));
    return keepUnsaved(data.unsaved, (said) => setTriggerValue("unsaved", said));
  }
  document.documentElement.lang = data.tag;
  nameControls(data.names);
  if (data.outcomes === undefined) return leaveWorlds();
  if (!views.has(root)) views.set(root, follow((outcomes) => show(root, outcomes), "outcomes"));
  const view = views.get(root);
  view.give(data.outcomes);
  settle(data, () => setTriggerValue("alone", true));
  return () => setTimeout(() => root.isConnected || view.leave(), 0);
}

// HTML of our own server, every text in it escaped there.
function show(root, outcomes) {
  if (root.simShown !== outcomes) root.innerHTML = outcomes;
  root.simShown = outcomes;
}
