// Between the controls and what they move. While a lever is in the hand, its changes go to the
// server's live address and the answers are shown at once; when it is let go they are committed,
// and Streamlit runs the page. A change counts until the page says that it has heard of it.
import { isCutOff } from "./back.js";
import { keep, takeLeft } from "./left.js";
import { awaitWorlds, contentOf, forgetWorlds, leaveWorlds, post } from "./worlds.js";

// A further question waits for the screen, but not for every chart.
const BREATH_MS = 60;
// Until the server says, with an answer, how long a hand has to rest.
const QUIET_MS = 200;
const PATIENCE_MS = 1500;
// A server that was just restarted may not hear the first time.
const HEARING_MS = 3000;
const MOST_TRIES = 5;
const REST_MS = 20_000;

const views = new Set();
const listeners = new Set();
const standing = [];
// Changes by place that the page has not heard of, in the order in which they were made.
const edits = new Map();
// The number of the last change of each place, heard or not.
const made = new Map();
let base = null;
let told = null;
let isAlone = () => {};
let quietMs = QUIET_MS;
let known = 0;
let heardAt = -Infinity;
let count = 0;
let commit = null;
let sent = 0;
let sentAt = -Infinity;
let asking = false;
let inFlight = false;
let asked = 0;
let painted = 0;
let restUntil = 0;
let quiet = 0;
let hearing = 0;
let tries = 0;

const wait = (time) => new Promise((done) => setTimeout(done, time));
const unheard = () => edits.size > 0;
const latest = () => Math.max(0, ...[...edits.values()].map((edit) => edit.number));
const sendable = () => [...edits].map(([place, { shown }]) => [place, shown]);

// Whether the hand has changed a place after what the page had heard when it said its numbers.
// Outcomes may tell of a change some time before the rows do: a row that went back to its old
// number meanwhile would take the next press from there.
export const isAhead = (place, heard) => (made.get(place) ?? 0) > heard;

// A part of the page that shows something of an answer. While changes are on their way it is left
// with the answers; what the page gives it meanwhile is shown when they have been heard.
export function follow(paint, part) {
  const view = { paint, part, given: undefined, fan: undefined, isFresh: false };
  views.add(view);
  return {
    give(content) {
      if (nameOf(content) !== nameOf(view.given)) view.fan = undefined;
      view.given = content;
      view.isFresh = unheard();
      return unheard() ? undefined : paint(contentOf(view));
    },
    leave: () => views.delete(view),
  };
}

const nameOf = (content) => content?.revision ?? content;

// Whether the hand waits for an answer: then charts that are still to be painted can wait.
export const isAsked = () => inFlight;

// Calls back when it is known where the page stands, with what a page before this one had left, once.
export function whenStanding(listener) {
  if (base) listener(takeLeft(base.s ?? null));
  else standing.push(listener);
}

// For how long the page has known of every change; nothing while it does not.
export const heardFor = () => (unheard() ? 0 : performance.now() - heardAt);

// Calls back when the page has heard of every change, until the callback says that it has gone.
export const whenHeard = (listener) => listeners.add(listener);

// The page has run: this is what it stands at, and the last change it knows of. `alone` tells it that
// it gets no more answers from here.
export function settle({ s, language, look, worldsOf, fresh, heard }, alone) {
  const question = JSON.stringify([s, language, look]);
  const isSame = told === question;
  told = question;
  base = { s, language, look, worldsOf: isSame && !fresh ? base.worldsOf : worldsOf };
  isAlone = alone;
  if (!isSame || fresh) forgetWorlds(views);
  const before = edits.size;
  for (const [place, edit] of edits) if (edit.number <= heard) edits.delete(place);
  // A session that counts anew knows nothing of the numbers before it.
  if (heard < known) forgetHeard();
  known = heard;
  markUnheard();
  while (standing.length) whenStanding(standing.shift());
  if (unheard()) leaveWorlds();
  else awaitWorlds({ question: base, views, fresh, alone });
  if (!before || unheard()) return;
  heardAt = performance.now();
  clearTimeout(hearing);
  for (const listener of listeners) if (listener() === false) listeners.delete(listener);
  // What was refused leaves no new content behind: the last good one is shown again.
  for (const view of views) if (view.isFresh || isSame) paintGiven(view);
}

function forgetHeard() {
  for (const place of made.keys()) if (!edits.has(place)) made.delete(place);
}

function paintGiven(view) {
  view.isFresh = false;
  if (view.given !== undefined) view.paint(contentOf(view));
}

// A control has moved. `send` tells Python; it is called once the hand has left the control.
export function change(place, shown, send) {
  performance.mark("live-changed");
  count += 1;
  edits.delete(place);
  edits.set(place, { shown, number: count });
  made.set(place, count);
  markUnheard();
  leaveWorlds();
  commit = send;
  tries = 0;
  ask();
}

export function release() {
  clearTimeout(quiet);
  if (unheard()) quiet = setTimeout(commitWhenShown, quietMs, performance.now());
}

function commitWhenShown(since) {
  const isShown = !base || painted >= latest() || restUntil > performance.now();
  // One commit at a time: what the hand did meanwhile goes with the next.
  const isFree = sent <= known || performance.now() - sentAt > HEARING_MS;
  if (isFree && (isShown || performance.now() - since > PATIENCE_MS)) send();
  else quiet = setTimeout(commitWhenShown, 16, since);
}

// A reset, or a step in the browser's history, comes after the change that was made before it.
export const commitNow = () => quiet && send();

function send() {
  clearTimeout(quiet);
  clearTimeout(hearing);
  quiet = 0;
  if (!unheard() || !commit) return;
  if (isCutOff()) {
    hearing = setTimeout(send, HEARING_MS);
    return;
  }
  const number = latest();
  tries += 1;
  sent = number;
  sentAt = performance.now();
  commit({ number, edits: sendable() });
  hearing = setTimeout(listenAgain, HEARING_MS, number);
}

function listenAgain(number) {
  if (!unheard() || latest() !== number) return;
  if (tries < MOST_TRIES || isCutOff()) return send();
  made.clear();
  return settle({ ...base, heard: number }, isAlone);
}

async function ask() {
  if (asking || !base || performance.now() < restUntil) return;
  asking = true;
  try {
    while (unheard() && asked !== count) {
      asked = count;
      await show(await answered(), asked);
    }
  } catch {
    // No live address here, or none at the moment: the page itself answers, a little later.
    restUntil = performance.now() + REST_MS;
  } finally {
    asking = false;
  }
}

// What is refused has nothing to show. It is committed all the same, and the page says why.
async function show(answer, number) {
  if (answer.refused || !unheard()) {
    painted = number;
    return;
  }
  const all = Promise.all([...views].map((view) => view.paint(answer[view.part])));
  all.then(() => {
    painted = Math.max(painted, number);
  });
  await Promise.race([all, wait(BREATH_MS)]);
}

async function answered() {
  const start = performance.now();
  inFlight = true;
  const reply = await post({ ...base, edits: sendable() }).finally(() => (inFlight = false));
  if (!reply.ok) throw new Error(String(reply.status));
  const answer = await reply.json();
  quietMs = Number(reply.headers.get("Sim-Quiet")) || QUIET_MS;
  performance.measure("live-asked", { start, detail: reply.headers.get("Server-Timing") });
  return answer;
}

// For whoever waits until the page has caught up, and for a page that is loaded anew before.
function markUnheard() {
  if (base) keep(base.s ?? null, sendable());
  document.documentElement.toggleAttribute("data-sim-unheard", unheard());
}

// Whatever else is touched comes after the change that was made before it.
function flush({ target }) {
  if (quiet && !target?.closest?.(".sim-rows")) send();
}
// A box that is left tells of its change after the pointer went down elsewhere.
for (const name of ["pointerdown", "pointerup", "click"]) addEventListener(name, flush, true);
addEventListener("keydown", (event) => (event.ctrlKey || event.metaKey) && flush({}), true);
addEventListener("visibilitychange", () => document.hidden && quiet && send());
