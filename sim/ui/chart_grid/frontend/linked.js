// Charts whose layouts name the same link show the same stretch of time: a zoom in one is a zoom in
// all of them.
import { Plotly } from "./loader.js";

export function linkZoom(grid, card) {
  const { plot } = card;
  if (plot.simLinked || !plot._fullLayout?.meta?.linked) return;
  plot.simLinked = true;
  plot.on("plotly_relayout", () => spread(grid, plot));
}

function spread(grid, plot) {
  const { meta, xaxis } = plot._fullLayout;
  for (const { plot: other } of grid.cards.values()) {
    const layout = other._fullLayout;
    if (other === plot || !meta?.linked || layout?.meta?.linked !== meta.linked) continue;
    // Those that already show it stay: else each would set off all others for ever.
    if (String(layout.xaxis.range) === String(xaxis.range)) continue;
    Plotly.relayout(other, { "xaxis.range": [...xaxis.range] });
  }
}
