// A block of number rows. Streamlit calls the default function at every change of data; the rows
// stay, so that neither focus nor a thumb in the hand is lost.
import { change, commitNow, isAhead, release, whenHeard, whenStanding } from "../sim.live/live.js";
import { buildRow, updateRow } from "./row.js";

const blocks = new WeakMap();

export default function numberRows({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".sim-rows");
  if (!root || !data) return;
  if (!blocks.has(root)) blocks.set(root, newBlock(root));
  const block = blocks.get(root);
  const { heard, rows } = JSON.parse(new TextDecoder().decode(data));
  Object.assign(block, { heard, given: rows });
  // Looked up at the time of the event: what was handed over at the first mount may be outdated.
  block.send = (sent) => setTriggerValue("sent", sent);
  block.reset = (place) => setTriggerValue("reset", place);
  const wanted = rows.flatMap((row) => elementsOf(block, row));
  for (const element of [...root.children]) if (!wanted.includes(element)) element.remove();
  wanted.forEach((element, position) => {
    const there = root.children[position];
    if (there !== element) root.insertBefore(element, there ?? null);
  });
}

function newBlock(root) {
  const block = { rows: new Map(), headings: new Map(), given: [], heard: 0 };
  // A change that nobody will hear of any more is given up.
  whenHeard(() => {
    for (const row of block.given) update(block, row);
    return root.isConnected;
  });
  // Any block can send for all, also for what stands in a group that is closed now.
  whenStanding((left) => {
    for (const [place, shown] of left) change(place, shown, (sent) => block.send(sent));
    release();
  });
  return block;
}

function elementsOf(block, row) {
  if (!block.rows.has(row.place)) block.rows.set(row.place, newRow(block, row.place));
  const built = update(block, row);
  return row.heading ? [headingOf(block, row), built.element] : [built.element];
}

function update({ rows, heard }, row) {
  const built = rows.get(row.place);
  updateRow(built, row, isAhead(row.place, heard));
  return built;
}

function newRow(block, place) {
  return buildRow(place, {
    move: (shown) => change(place, shown, (sent) => block.send(sent)),
    release,
    reset: () => {
      commitNow();
      block.reset(place);
    },
  });
}

function headingOf({ headings }, { place, heading }) {
  if (!headings.has(place)) {
    const element = document.createElement("h4");
    element.className = "sim-rows-heading";
    headings.set(place, element);
  }
  const element = headings.get(place);
  if (element.textContent !== heading) element.textContent = heading;
  return element;
}
