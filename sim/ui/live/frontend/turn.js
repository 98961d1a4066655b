// Whose turn it is. A button or a link that is pressed while changes are on their way waits until
// the page has caught up: an undo then undoes the lever, a link carries it, and a button that only
// the change enables can be pressed. Other controls of Streamlit send a value, which may overtake
// a change without harm: Python hears the change first. Back and forward wait as well: a step that
// Streamlit had heard of before the change would be taken for where the change was made. And so does
// the way to another page after typing: Streamlit sends what was typed a moment after the box is left,
// from the page of the box, and is back on that page. Whoever reloads or closes the tab while a box
// holds what no one has been told yet is asked first, by the browser.
import { commitNow, heardFor } from "./live.js";

const PAGE_LINK = '[data-testid="stPageLink"] a';
const PRESSED = `:is([data-testid="stButton"], [data-testid="stDownloadButton"]) button, ${PAGE_LINK}`;
const TEXT_BOX = ':is([data-testid="stTextInput"], [data-testid="stTextArea"], [data-testid="stNumberInput"])';
const TYPED_IN = `:is(${TEXT_BOX}, #portal) :is(input, textarea)`;
// The run that tells of a change goes on for some time with what stands below.
const RUN_MS = 2000;
// What was typed is sent, and its run has begun.
const SENT_MS = 300;
// A button that was just enabled listens to its key a moment after it has been drawn.
const LISTENS_MS = 1000;
// Longer than a change is sent again and again.
const PATIENCE_MS = 20_000;

const presses = [];
// Whether the step in the history that comes next is one that has waited.
let isItsTurn = false;
// When a box was left in which something had been typed, and what stood there before.
let typedAt = -Infinity;
let before;

const wait = (time) => new Promise((done) => setTimeout(done, time));
const isRunning = () => document.querySelector('.stApp[data-test-script-state="running"]') !== null;

const typedFor = () => performance.now() - typedAt;
const isSendingText = () => typedFor() < SENT_MS || (typedFor() < RUN_MS && isRunning());

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
    while ((isBehind() || isSendingText()) && performance.now() < end);
    await presses[0]();
  }
}

// Whoever takes a key prevents what the browser does with it.
async function pressKey(target, event) {
  const end = performance.now() + LISTENS_MS;
  while (target.dispatchEvent(new KeyboardEvent(event.type, event)) && performance.now() < end) await wait(16);
}

const mustWait = (event) => event.isTrusted && (presses.length > 0 || isBehind());

function holdClick(event) {
  const pressed = event.target.closest?.(PRESSED);
  const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  if (!pressed || opensElsewhere) return;
  const leaves = event.isTrusted && pressed.matches(PAGE_LINK) && isSendingText();
  if (leaves || mustWait(event)) later(event, () => pressed.click());
}

// A button that is disabled has no click, and the change on its way may be what enables it.
function holdOnDisabled(event) {
  const pressed = event.target.closest?.(PRESSED);
  if (pressed?.disabled && mustWait(event)) later(event, () => pressed.click());
}

// A step in the history is held before it is made. A change that was made before leaves nothing to go
// forward to.
function holdStep(event) {
  if (event.navigationType !== "traverse" || !event.destination.sameDocument) return;
  const steps = event.destination.index - window.navigation.currentEntry.index;
  if (isItsTurn) isItsTurn = false;
  else if (event.cancelable && mustWait(event)) {
    commitNow();
    later(event, () => steps < 0 && stepBack(steps));
  }
}

function stepBack(steps) {
  isItsTurn = true;
  history.go(steps);
}

// Typing has an undo of its own.
function holdShortcut(event) {
  const { target } = event;
  const isTyping = target.isContentEditable || target.matches?.("textarea, input:not([type=range])");
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || isTyping) return;
  if (mustWait(event)) later(event, () => pressKey(target, event));
}

function enterBox({ target }) {
  if (target.matches?.(TYPED_IN)) before = target.value;
}

function leaveBox({ target }) {
  if (target.matches?.(TYPED_IN) && target.value !== before) typedAt = performance.now();
}

// Streamlit sends on Enter, in a box of several lines only with Ctrl.
function sendBox({ target, key, ctrlKey, metaKey }) {
  if (key !== "Enter" || !target.matches?.(TYPED_IN)) return;
  if (target.matches("input") || ctrlKey || metaKey) before = target.value;
}

function askBeforeLeaving(event) {
  const box = document.activeElement;
  if (isSendingText() || (box?.matches(TYPED_IN) && box.value !== before)) event.preventDefault();
}

addEventListener("focusin", enterBox, true);
addEventListener("focusout", leaveBox, true);
addEventListener("click", holdClick, true);
addEventListener("pointerup", holdOnDisabled, true);
addEventListener("keydown", holdShortcut, true);
addEventListener("keydown", sendBox, true);
addEventListener("beforeunload", askBeforeLeaving);
window.navigation?.addEventListener("navigate", holdStep);
