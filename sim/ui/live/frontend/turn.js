// Whose turn it is. A button or a link that is pressed while changes are on their way waits until
// the page has caught up: an undo then undoes the lever, a link carries it, and a button that only
// the change enables can be pressed. Other controls of Streamlit send a value, which may overtake
// a change without harm: Python hears the change first. Back and forward wait as well: the browser has
// gone there already, so it is sent back to where the change was made, and goes when that is known.
import { commitNow, heardFor } from "./live.js";

const PRESSED =
  ':is([data-testid="stButton"], [data-testid="stDownloadButton"]) button, [data-testid="stPageLink"] a';
// The run that tells of a change goes on for some time with what stands below.
const RUN_MS = 2000;
// Longer than a change is sent again and again.
const PATIENCE_MS = 20_000;

const presses = [];
// How far the browser has just gone in its history: negative is back, as a browser is taken to have
// gone that does not say.
let steps = -1;
let isReturning = false;

const wait = (time) => new Promise((done) => setTimeout(done, time));
const isRunning = () => document.querySelector('.stApp[data-test-script-state="running"]') !== null;

const isBehind = () => !heardFor() || (heardFor() < RUN_MS && isRunning());

function later(event, press) {
  event.preventDefault();
  event.stopImmediatePropagation();
  presses.push(press);
  if (presses.length === 1) inTurn();
}

async function inTurn() {
  for (; presses.length; presses.shift()) {
    const end = performance.now() + PATIENCE_MS;
    do await wait(16);
    while (isBehind() && performance.now() < end);
    presses[0]();
  }
}

const mustWait = (event) => event.isTrusted && (presses.length > 0 || isBehind());

function holdClick(event) {
  const pressed = event.target.closest?.(PRESSED);
  const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  if (pressed && !opensElsewhere && mustWait(event)) later(event, () => pressed.click());
}

// A button that is disabled has no click, and the change on its way may be what enables it.
function holdOnDisabled(event) {
  const pressed = event.target.closest?.(PRESSED);
  if (pressed?.disabled && mustWait(event)) later(event, () => pressed.click());
}

// A change that was made before leaves nothing to go forward to.
function holdTraversal(event) {
  if (isReturning) {
    isReturning = false;
    event.stopImmediatePropagation();
  } else if (steps && mustWait(event)) {
    const wanted = steps;
    isReturning = true;
    commitNow();
    later(event, () => wanted < 0 && history.go(wanted));
    history.go(-wanted);
  }
}

function noteTraversal({ navigationType, from }) {
  steps = navigationType === "traverse" ? window.navigation.currentEntry.index - from.index : 0;
}

// Typing has an undo of its own.
function holdShortcut(event) {
  const { target } = event;
  const isTyping = target.isContentEditable || target.matches?.("textarea, input:not([type=range])");
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || isTyping) return;
  if (mustWait(event)) later(event, () => target.dispatchEvent(new KeyboardEvent(event.type, event)));
}

addEventListener("click", holdClick, true);
addEventListener("pointerup", holdOnDisabled, true);
addEventListener("keydown", holdShortcut, true);
addEventListener("popstate", holdTraversal, true);
window.navigation?.addEventListener("currententrychange", noteTraversal);
