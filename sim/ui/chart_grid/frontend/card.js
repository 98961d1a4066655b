// The card around a plot: heading, CSV button, full-screen button.
import { markClickable } from "./clicks.js";
import { csvText } from "./csv.js";

export function buildCard(id) {
  const element = make("article", "sim-grid-card");
  element.dataset.panel = id;
  const head = make("div", "sim-grid-head");
  const title = make("h3", "sim-grid-title");
  title.id = `sim-grid-title-${id}`;
  element.setAttribute("aria-labelledby", title.id);
  const csv = button("sim-grid-csv");
  const expand = button("sim-grid-expand");
  // Phones without the full-screen interface do not get a button that does nothing.
  expand.hidden = !document.fullscreenEnabled;
  const plot = make("div", "sim-grid-plot");
  plot.setAttribute("role", "img");
  const legend = make("div", "sim-grid-legend");
  legend.setAttribute("role", "group");
  legend.setAttribute("aria-labelledby", title.id);
  head.append(title, csv, expand);
  const spoken = make("div", "sim-grid-spoken");
  spoken.setAttribute("aria-live", "polite");
  element.append(head, plot, spoken, legend);
  const card = { element, title, csv, expand, plot, spoken, legend, hidden: new Set(), drawn: 0 };
  csv.onclick = () => download(card);
  expand.onclick = () => toggleFullScreen(card);
  element.onfullscreenchange = () => labelExpand(card);
  return card;
}

export function updateCard(card, panel, words) {
  card.panel = panel;
  card.words = words;
  setText(card.title, panel.title);
  setText(card.csv, words.csv);
  setAttribute(card.csv, "aria-label", `${words.csv}: ${panel.title}`);
  setAttribute(card.plot, "aria-label", panel.alt);
  markClickable(card);
  labelExpand(card);
}

function labelExpand(card) {
  const isOpen = document.fullscreenElement === card.element;
  const word = isOpen ? card.words.close : card.words.expand;
  setText(card.expand, isOpen ? "\u2715" : "\u2922");
  setAttribute(card.expand, "aria-label", `${word}: ${card.panel.title}`);
  setAttribute(card.expand, "title", word);
}

function toggleFullScreen(card) {
  const isOpen = document.fullscreenElement === card.element;
  const change = isOpen ? document.exitFullscreen() : card.element.requestFullscreen();
  // An embedding page may forbid it; then the card stays as it is.
  change.catch(() => {});
}

function download(card) {
  const { panel } = card;
  const text = csvText(JSON.parse(panel.figure), panel.csvHeader);
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = make("a", "");
  link.href = address;
  link.download = panel.csvName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function make(tag, className) {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

function button(className) {
  const element = make("button", `sim-grid-button ${className}`);
  element.type = "button";
  return element;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
