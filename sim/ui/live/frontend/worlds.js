// What worlds say comes beside the page, when the hand is off: the server computes it while nobody
// waits for anything else, and lets go of it when the browser does.

const ADDRESS = new URL("../../../live", import.meta.url);
// Asked for when the hand has been off for some time, and again where others came first.
const OFF_MS = 300;
const AGAIN_MS = 2000;
const BUSY = new Set([429, 503]);
const VISITOR = [...crypto.getRandomValues(new Uint8Array(8))].join("-");

// Whether worlds of what the page stands at have come.
let areThere = false;
let asking = null;
let timer = 0;

export const post = (question, signal) =>
  fetch(ADDRESS, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(question),
    signal,
  });

// What a view shows: with worlds, where they came for just this.
export const contentOf = ({ fan, given }) => fan ?? given;

// The page stands at something else, or has worlds itself.
export function forgetWorlds(views) {
  areThere = false;
  for (const view of views) view.fan = undefined;
}

// The page stands at a question, with worlds of its own (fresh) or without.
export function awaitWorlds(wanted) {
  leaveWorlds();
  const isOpen = !wanted.fresh && !areThere;
  mark(isOpen);
  if (isOpen) timer = setTimeout(ask, OFF_MS, wanted);
}

// The hand has moved, or there is another page: nobody waits for them any more.
export function leaveWorlds() {
  clearTimeout(timer);
  asking?.abort();
  asking = null;
  mark(false);
}

async function ask(wanted) {
  const asked = (asking = new AbortController());
  try {
    const reply = await post({ ...wanted.question, edits: [], visitor: VISITOR }, asked.signal);
    const isBusy = BUSY.has(reply.status);
    if (!reply.ok && !isBusy) throw new Error(String(reply.status));
    const answer = isBusy ? {} : await reply.json();
    if (asking !== asked) return;
    if (answer.fresh) await show(answer, wanted);
    else if (!answer.refused) timer = setTimeout(ask, AGAIN_MS, wanted);
    if ((answer.fresh || answer.refused) && asking === asked) mark(false);
  } catch {
    // The page itself follows, a little later.
    if (asking === asked) wanted.alone();
  }
}

function show(answer, { question, views }) {
  areThere = true;
  // While the next are computed it is these that stay.
  question.worldsOf = question.s ?? "";
  for (const view of views) view.fan = answer[view.part];
  return Promise.all([...views].map((view) => view.paint(view.fan)));
}

// For whoever waits until worlds are drawn.
function mark(areAwaited) {
  document.documentElement.toggleAttribute("data-sim-worlds", areAwaited);
}
