// Draws one panel with Plotly.react and keeps what the reader did: zoom and legend choices through
// layout.uirevision, the hover label by showing it again after the repaint.
import { Plotly } from "./loader.js";
import { resolveColours, themedLayout } from "./theme.js";

// One fact for both languages today; a language with decimal commas gets its own entry.
const SEPARATORS = { en: ".,", "zh-CN": ".," };
const PLOTLY_WORD = "plotly.";

// The same at every repaint, see nameButtons.
const config = (id) => ({
  displaylogo: false,
  // The observer of grid.js follows the card's own size, a window resize included.
  responsive: false,
  displayModeBar: "hover",
  // grid.py has the same list. The last one offers to upload the chart to plotly's own cloud.
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "sendChartToCloud"],
  plotlyServerURL: "",
  toImageButtonOptions: { filename: id, scale: 2 },
});

export function drawPanel(card, panel, look, onError) {
  const { plot } = card;
  if (plot.simVersion === panel.version && plot.simLook === look.signature) return;
  card.figure = JSON.parse(panel.figure);
  const { data, layout } = resolveColours(card.figure, look);
  const themed = themedLayout(layout, look);
  themed.separators ??= SEPARATORS[look.language] ?? ".,";
  const hovered = plot.simHover;
  const done = Plotly.react(plot, data, themed, config(panel.id));
  done?.then?.(() => hoverAgain(plot, hovered), onError);
  nameButtons(plot, look.words);
  plot.simVersion = panel.version;
  plot.simLook = look.signature;
  if (!plot.simDrawn) firstDraw(plot);
}

export function forgetPanel(card) {
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
    if (button.dataset.title !== word) button.dataset.title = word;
  }
}
