// Draws one panel with Plotly.react and keeps what the reader did: zoom and legend choices through
// layout.uirevision, the hover label by showing it again after the repaint.
import { drawLegend, withoutHidden } from "./legend.js";
import { Plotly } from "./loader.js";
import { resolveColours, themedLayout } from "./theme.js";

// One fact for both languages today; a language with decimal commas gets its own entry.
const SEPARATORS = { en: ".,", "zh-CN": ".," };
const PLOTLY_WORD = "plotly.";
// Room for the labels of the x axis.
const BOTTOM = 26;
// A window that is being drawn larger rests before the charts follow.
const RESIZE_MS = 100;

// The same at every repaint, see nameButtons.
const configs = new Map();

function config(id) {
  if (!configs.has(id)) configs.set(id, newConfig(id));
  return configs.get(id);
}

const newConfig = (id) => ({
  displaylogo: false,
  // The observer of grid.js follows the card's own size, a window resize included.
  responsive: false,
  displayModeBar: "hover",
  // grid.py has the same list. The last one offers to upload the chart to plotly's own cloud.
  modeBarButtonsToRemove: ["toImage", "select2d", "lasso2d", "autoScale2d", "sendChartToCloud"],
  modeBarButtonsToAdd: [
    {
      name: "picture",
      title: "Download plot as a PNG",
      icon: Plotly.Icons.camera,
      click: (plot) => downloadPicture(plot, id),
    },
  ],
  plotlyServerURL: "",
});

export function drawPanel(card, panel, look, onError) {
  const { plot } = card;
  card.drawn = performance.now();
  if (plot.simVersion === panel.version && plot.simLook === look.signature) return;
  const { data, layout } = resolveColours(JSON.parse(panel.figure), look);
  const themed = { ...withoutLegend(themedLayout(layout, look)), ...sizeOf(plot) };
  themed.separators ??= SEPARATORS[look.language] ?? ".,";
  const hovered = plot.simHover;
  drawLegend(card, data, () => {
    plot.simVersion = null;
    drawPanel(card, card.panel, look, onError);
  });
  plot.simLegend = { margin: layout.margin, legend: layout.legend };
  const done = Plotly.react(plot, withoutHidden(data, card.hidden), themed, config(panel.id));
  done?.then?.(() => hoverAgain(plot, hovered), onError);
  nameButtons(plot, look.words);
  plot.simVersion = panel.version;
  plot.simLook = look.signature;
  if (!plot.simDrawn) firstDraw(plot);
}

// The legend stands below the plot, so the figure need not leave room for it.
function withoutLegend(layout) {
  const bottom = layout.legend ? Math.min(layout.margin.b, BOTTOM) : layout.margin.b;
  return { ...layout, showlegend: false, margin: { ...layout.margin, b: bottom } };
}

// Told to plotly, which would ask the browser at every repaint, and with that have the page laid out.
function sizeOf(plot) {
  plot.simSize ??= wholePixels(plot.getBoundingClientRect());
  return plot.simSize.width ? { ...plot.simSize, autosize: false } : {};
}

const wholePixels = ({ width, height }) => ({ width: Math.floor(width), height: Math.floor(height) });

export function resizePanel(plot, rectangle) {
  const size = wholePixels(rectangle);
  // A hidden panel keeps its size until it is shown.
  if (!size.width || !size.height) return;
  plot.simSize = size;
  clearTimeout(plot.simResizing);
  plot.simResizing = setTimeout(followSize, RESIZE_MS, plot);
}

function followSize(plot) {
  const { width, height } = plot.simSize;
  if (!plot.simDrawn || (plot._fullLayout?.width === width && plot._fullLayout.height === height)) return;
  // A panel that leaves the page meanwhile rejects.
  Plotly.relayout(plot, { autosize: false, width, height })?.catch?.(() => {});
}

// A picture that leaves the page takes its legend along.
function downloadPicture(plot, id) {
  const layout = { ...plot.layout, ...plot.simLegend, showlegend: true };
  const { offsetWidth: width, offsetHeight: height } = plot;
  const picture = { data: plot.data, layout };
  Plotly.downloadImage(picture, { format: "png", filename: id, scale: 2, width, height });
}

export function forgetPanel(card) {
  clearTimeout(card.plot.simResizing);
  if (card.plot.simDrawn) Plotly.purge(card.plot);
}

function firstDraw(plot) {
  plot.simDrawn = true;
  plot.on("plotly_hover", ({ event }) => {
    plot.simHover = event ? { x: event.clientX, y: event.clientY } : plot.simHover;
  });
  plot.on("plotly_unhover", () => {
    plot.simHover = null;
  });
}

// By place rather than by point: the value under a resting pointer may have moved.
function hoverAgain(plot, hovered) {
  if (!hovered || !plot.matches(":hover")) return;
  const area = document.elementsFromPoint(hovered.x, hovered.y).find((e) => e.dataset?.subplot);
  if (!area || !plot.contains(area)) return;
  const { left, top } = area.getBoundingClientRect();
  const place = { xpx: hovered.x - left, ypx: hovered.y - top };
  Plotly.Fx.hover(plot, place, area.dataset.subplot);
}

// The mode bar is named here and not by plotly's locales: a changed configuration makes react build
// the chart anew, so a change of language would lose the zoom.
function nameButtons(plot, words) {
  for (const button of plot.querySelectorAll(".modebar-btn")) {
    button.dataset.english ??= button.dataset.title;
    const word = words[PLOTLY_WORD + button.dataset.english] ?? button.dataset.english;
    if (button.dataset.title === word) continue;
    button.dataset.title = word;
    button.setAttribute("aria-label", word);
  }
}
