// Entry of the component. Streamlit calls the default function on every change of data or theme,
// and calls what it returns once when the component goes away, or when a newer call overtook it.
import { buildCard, updateCard } from "./card.js";
import { linkZoom } from "./linked.js";
import { Plotly, loadPlotly } from "./loader.js";
import { followClicks } from "./clicks.js";
import { drawPanel, forgetPanel, resizePanel } from "./panel.js";
import { follow, isAsked } from "../sim.live/live.js";
import { readTheme } from "./theme.js";

// A hand that asks for other figures goes before the painting of these.
const PAUSE_MS = 8;
// Panels after the first share tasks of about this length, so that a click is answered in between:
// short ones while a hand holds something, longer ones once it is off, for every pause paints a frame,
// and all in one where there is nothing yet that could be clicked.
const TASK_MS = { held: 24, off: 120, empty: 600 };
let hand = "off";
for (const [name, now] of [["down", "held"], ["up", "off"], ["cancel", "off"]])
  addEventListener(`pointer${name}`, () => (hand = now), true);

const grids = new WeakMap();

export default function chartGrid({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".sim-grid");
  if (!root || !data) return undefined;
  const grid = gridOf(root);
  grid.report = (reason) => reportOnce(grid, reason, setStateValue);
  grid.click = (clicked) => setTriggerValue("clicked", clicked);
  grid.look = null;
  grid.view.give(JSON.parse(new TextDecoder().decode(data)));
  return () => setTimeout(() => dispose(root), 0);
}

// Resolves when every panel is painted, or when newer content has taken over.
function receive(grid, payload) {
  performance.mark("grid-received");
  const { root } = grid;
  grid.turn += 1;
  const turn = grid.turn;
  root.style.setProperty("--sim-columns", String(payload.columns));
  root.dataset.revision = payload.revision;
  mark(root, "waiting");
  arrangeCards(grid, payload);
  if (Plotly) return paint(grid, payload, turn);
  return loadPlotly(payload.plotly).then(
    () => paint(grid, payload, turn),
    (error) => grid.report(error.message),
  );
}

function gridOf(root) {
  if (!grids.has(root)) {
    const grid = { root, cards: new Map(), turn: 0, reported: false };
    grid.report = grid.click = () => {};
    grid.view = follow((payload) => receive(grid, payload), "grid");
    grid.resizes = new ResizeObserver((entries) =>
      entries.forEach(({ target, contentRect }) => resizePanel(target, contentRect)),
    );
    grids.set(root, grid);
  }
  return grids.get(root);
}

function mark(root, state) {
  root.dataset.painted = state;
  root.setAttribute("aria-busy", String(state !== "all"));
}

// A failure is told to Python once; Python then draws native charts and drops this component.
function reportOnce(grid, reason, setStateValue) {
  if (grid.reported) return;
  grid.reported = true;
  // Not within the mount itself: Streamlit may lose what is sent there.
  setTimeout(() => setStateValue("failed", String(reason).slice(0, 300)), 0);
}

function arrangeCards(grid, payload) {
  const wanted = new Set(payload.panels.map((panel) => panel.id));
  for (const [id, card] of grid.cards) {
    if (wanted.has(id)) continue;
    discard(grid, card);
    grid.cards.delete(id);
  }
  payload.panels.forEach((panel, position) => {
    let card = grid.cards.get(panel.id);
    if (!card) {
      card = buildCard(panel.id);
      grid.cards.set(panel.id, card);
      grid.resizes.observe(card.plot);
    }
    updateCard(card, panel, payload.words);
    // Moved only when out of place: moving a focused button would take its focus away.
    const there = grid.root.children[position];
    if (there !== card.element) grid.root.insertBefore(card.element, there ?? null);
  });
}

function paint(grid, payload, turn) {
  if (turn !== grid.turn) return undefined;
  const look = lookOf(grid, payload);
  const [first, ...rest] = payload.panels.map((panel) => ({ panel, card: grid.cards.get(panel.id) }));
  const draw = ({ card, panel }) => drawSafely(grid, card, panel, look);
  if (first && !draw(first)) return undefined;
  mark(grid.root, "main");
  performance.mark("grid-main-painted");
  // Whatever has waited longest comes first: a lever that is held must not starve the last panel.
  rest.sort((left, right) => left.card.drawn - right.card.drawn);
  const isEmpty = rest.every(({ card }) => !card.drawn);
  return new Promise((done) => {
    const go = () => {
      const begin = performance.now();
      if (isAsked() && turn === grid.turn) return setTimeout(go, PAUSE_MS);
      while (rest.length && performance.now() - begin < TASK_MS[isEmpty ? "empty" : hand]) {
        if (turn !== grid.turn || !draw(rest.shift())) return done();
      }
      if (turn !== grid.turn) return done();
      if (rest.length) return setTimeout(go, 0);
      mark(grid.root, "all");
      performance.mark("grid-all-painted");
      return done();
    };
    afterFrame(go);
  });
}

// Reading the theme costs a recalculation of every style, so live answers use what was read last.
// Streamlit tells of another theme by calling the default function.
function lookOf(grid, payload) {
  if (grid.look?.language === payload.language) return grid.look;
  const look = { ...readTheme(grid.root, payload.palette), words: payload.words };
  look.language = payload.language;
  look.signature = JSON.stringify(look);
  grid.look = look;
  return look;
}

function drawSafely(grid, card, panel, look) {
  try {
    drawPanel(card, panel, look, (error) => grid.report(`plotly: ${error.message ?? error}`));
    linkZoom(grid, card);
    followClicks(card, grid.click);
    return true;
  } catch (error) {
    grid.report(`plotly: ${error.message}`);
    return false;
  }
}

// Lets the main panel reach the screen first. A hidden tab has no frames and waits for none.
function afterFrame(task) {
  if (document.visibilityState === "visible") requestAnimationFrame(() => setTimeout(task, 0));
  else setTimeout(task, 0);
}

function discard(grid, card) {
  grid.resizes.unobserve(card.plot);
  forgetPanel(card);
  card.element.remove();
}

// Only for a root that has left the page: an overtaken call is "cleaned up" while the grid lives on.
function dispose(root) {
  const grid = grids.get(root);
  if (root.isConnected || !grid) return;
  grid.turn += 1;
  for (const card of grid.cards.values()) discard(grid, card);
  grid.resizes.disconnect();
  grid.view.leave();
  grids.delete(root);
}
