// A panel that says it is clickable: the point under the pointer, or the one that the arrow keys lead
// to, is told to Python. Panels that do not stay the images they are.
import { Plotly } from "./loader.js";

// Plotly shows a label at most so often; it is read out once it is there.
const READ_AFTER_MS = 90;

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, 0], ArrowDown: [-1, 0] };

export function markClickable(card) {
  const { plot, panel } = card;
  const wanted = panel.clickable ? "application" : "img";
  if (plot.getAttribute("role") !== wanted) plot.setAttribute("role", wanted);
  if (panel.clickable) plot.tabIndex = 0;
  else plot.removeAttribute("tabindex");
}

export function followClicks(card, tell) {
  card.tell = tell;
  if (card.followed) return;
  card.followed = true;
  card.plot.on("plotly_click", ({ points }) => {
    if (card.panel.clickable && points.length) send(card, points[0]);
  });
  card.plot.addEventListener("keydown", (event) => {
    if (card.panel.clickable && event.target === card.plot) onKey(card, event);
  });
}

function send(card, { curveNumber, pointNumber, x, y }) {
  const series = card.plot.data[curveNumber]?.meta?.series ?? null;
  card.tell({ panel: card.panel.id, series, index: [pointNumber].flat(), x, y });
}

function onKey(card, event) {
  const trace = clickedTrace(card.plot);
  if (!trace) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    if (card.cursor) send(card, pointAt(trace, card.cursor));
    return;
  }
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  card.cursor = moved(trace, card.cursor, step);
  const point = pointAt(trace, card.cursor);
  // Plotly finds a point by its number, a cell of a grid only by its place.
  const { curveNumber, x, y } = point;
  Plotly.Fx.hover(card.plot, [trace.z ? { curveNumber, xval: x, yval: y } : point]);
  setTimeout(() => readOut(card), READ_AFTER_MS);
}

// The first that is not for looking at only.
function clickedTrace(plot) {
  return plot._fullData.find((trace) => trace.visible === true && trace.hoverinfo !== "skip");
}

function moved(trace, cursor, [up, right]) {
  if (trace.z) {
    const [rows, columns] = [trace.z.length, trace.z[0].length];
    const [row, column] = cursor?.length === 2 ? cursor : [Math.floor(rows / 2), Math.floor(columns / 2)];
    if (cursor?.length !== 2) return [row, column];
    return [clamp(row + up, rows), clamp(column + right, columns)];
  }
  if (cursor?.length !== 1) return [0];
  return [clamp(cursor[0] + up + right, trace.x.length)];
}

const clamp = (value, count) => Math.min(Math.max(value, 0), count - 1);

function pointAt(trace, cursor) {
  const [first, second] = cursor;
  const place = { curveNumber: trace.index, pointNumber: trace.z ? cursor : first };
  return trace.z
    ? { ...place, x: trace.x[second], y: trace.y[first] }
    : { ...place, x: trace.x[first], y: trace.y[first] };
}

function readOut(card) {
  // A line of a label each; a label of one line has none of its own.
  const labels = card.plot.querySelectorAll(".hoverlayer .hovertext text");
  const linesOf = (label) => (label.querySelector(".line") ? [...label.querySelectorAll(".line")] : [label]);
  const lines = [...labels].flatMap(linesOf).map((line) => line.textContent);
  card.spoken.textContent = lines.filter(Boolean).join("; ");
}
