// The legend as buttons of our own beside the plot. Plotly's takes a third of every repaint, and
// cannot be reached by keyboard. What is hidden is remembered by the card, not by the figure.

const SWATCH = { width: 30, height: 12 };
const DASHES = { dash: "7 4", dot: "2 3", dashdot: "7 3 2 3", longdash: "10 4", longdashdot: "10 3 2 3" };
const MARKERS = {
  circle: '<circle cx="15" cy="6" r="3.2"/>',
  square: '<rect x="12" y="3" width="6" height="6"/>',
  diamond: '<path d="M15 2l4 4-4 4-4-4z"/>',
  "triangle-up": '<path d="M15 2l4 7h-8z"/>',
  x: '<path d="M12 3l6 6M18 3l-6 6" stroke-width="2"/>',
  cross: '<path d="M13 2h4v2.5h2.5v3H17V10h-4V7.5h-2.5v-3H13z"/>',
  pentagon: '<path d="M15 2.2l3.9 2.8-1.5 4.600h-4.800L11.100 5z"/>',
  star: '<path d="M15 1.5l1.4 3 3.3.3-2.5 2.2.8 3.2-3-1.7-3 1.7.8-3.2-2.5-2.2 3.3-.3z"/>',
};

// Traces that hang together are hidden together.
export const legendKey = (trace) => trace.legendgroup || trace.meta?.series || trace.name;

export function withoutHidden(data, hidden) {
  if (!hidden.size) return data;
  return data.map((trace) => (hidden.has(legendKey(trace)) ? { ...trace, visible: false } : trace));
}

export function drawLegend(card, data, redraw) {
  const entries = data.filter((trace) => trace.showlegend !== false);
  entries.sort((left, right) => (left.legendrank ?? 1000) - (right.legendrank ?? 1000));
  const signature = JSON.stringify(entries.map((trace) => [trace.name, trace.line, trace.marker?.symbol, trace.marker?.line]));
  if (card.legendSignature !== signature) {
    card.legendSignature = signature;
    card.legend.replaceChildren(...entries.map((trace) => entryOf(card, trace, redraw)));
  }
  for (const button of card.legend.children) {
    button.setAttribute("aria-pressed", String(!card.hidden.has(button.dataset.trace)));
  }
}

function entryOf(card, trace, redraw) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sim-grid-entry";
  button.dataset.trace = legendKey(trace);
  button.innerHTML = swatch(trace);
  button.append(trace.name ?? "");
  button.onclick = () => {
    const key = button.dataset.trace;
    if (!card.hidden.delete(key)) card.hidden.add(key);
    redraw();
  };
  return button;
}

// A filled box, hatched where the bars are.
function bar({ color, pattern }) {
  const colour = CSS.supports("color", color) ? color : "currentColor";
  const inside = pattern?.shape ? '<path d="M8 11l10-10M14 11l8-8" stroke-width="1.5"/>' : "";
  const opacity = pattern?.shape ? 0.25 : 1;
  return (
    `<svg aria-hidden="true" width="${SWATCH.width}" height="${SWATCH.height}" fill="${colour}" ` +
    `stroke="${colour}"><rect x="6" y="1" width="18" height="10" fill-opacity="${opacity}"/>${inside}</svg>`
  );
}

// Built from colours and fixed shapes only: no text of the figure enters this markup.
function swatch({ type, line = {}, marker = {}, mode = "lines" }) {
  if (type === "bar") return bar(marker);
  // Points without a line have their colour, and what they look like, from their markers.
  const lined = mode.includes("lines");
  const wanted = lined ? line.color : marker.color;
  const colour = CSS.supports("color", wanted) ? wanted : "currentColor";
  const dash = DASHES[line.dash] ?? "none";
  const [, kind, open] = /^(.*?)(-open|-thin)?$/.exec(marker.symbol ?? "circle");
  const shape = mode.includes("markers") ? (MARKERS[kind] ?? MARKERS.circle) : "";
  const width = Math.min(Number(line.width) || 2, 3);
  const stroke = lined ? `<path d="M1 6h28" stroke-width="${width}" stroke-dasharray="${dash}"/>` : "";
  const fill = open === "-open" && !lined ? "none" : colour;
  // A marker in the colour of the ground is seen by its edge.
  const edge = CSS.supports("color", marker.line?.color) && !lined ? marker.line.color : colour;
  return (
    `<svg aria-hidden="true" width="${SWATCH.width}" height="${SWATCH.height}" fill="${fill}" ` +
    `stroke="${edge}">${stroke}${shape}</svg>`
  );
}
