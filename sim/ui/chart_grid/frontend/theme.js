// Colours and fonts of the figure: Streamlit's theme for text, grid and background, the palette of
// sim/charts/palette.json (sent by Python) for the rest. Names are explained in palette.py.

const TOKEN = /^@(text|muted|grid|background|series-([1-8]))(?:\/(0|1|0?\.\d+))?$/;
// Keys whose strings are words or data, never colours; palette.py has the same list.
const NOT_COLOURS = new Set([
  "name", "text", "x", "y", "z", "customdata", "ids", "meta", "hovertemplate", "texttemplate",
]);

export function readTheme(root, palette) {
  const style = getComputedStyle(root);
  const read = (name, fallback) => {
    const value = style.getPropertyValue(name).trim();
    return value && value !== "unset" ? value : fallback;
  };
  const page = read("--st-background-color", palette.light.background);
  const mode = luminance(rgb(page)) < 0.4 ? "dark" : "light";
  const own = palette[mode];
  root.dataset.mode = mode;
  return {
    mode,
    font: read("--st-font", "sans-serif"),
    colours: {
      text: read("--st-text-color", own.text),
      muted: own.muted,
      grid: read("--st-border-color-light", own.grid),
      background: page,
      series: own.series,
    },
  };
}

export function resolveColours(value, look) {
  if (typeof value === "string") return value.startsWith("@") ? colour(value, look) : value;
  if (Array.isArray(value)) {
    // Long arrays are data: their first entry tells. A step of a colour scale is a pair.
    const plain = value.length > 2 && typeof value[0] !== "object" && typeof value[0] !== "string";
    return plain ? value : value.map((entry) => resolveColours(entry, look));
  }
  if (value === null || typeof value !== "object" || value.bdata !== undefined) return value;
  const copy = {};
  for (const [key, entry] of Object.entries(value)) {
    const isData = NOT_COLOURS.has(key) && (typeof entry !== "object" || Array.isArray(entry));
    copy[key] = isData ? entry : resolveColours(entry, look);
  }
  return copy;
}

// What the figure says wins; what it leaves open follows the theme.
export function themedLayout(layout, { colours, font }) {
  const themed = {
    autosize: true,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 56, r: 16, t: 8, b: 40 },
    ...layout,
    font: { family: font, size: 13, color: colours.text, ...layout.font },
    modebar: {
      bgcolor: "rgba(0,0,0,0)",
      color: colours.muted,
      activecolor: colours.text,
      ...layout.modebar,
    },
    hoverlabel: {
      bgcolor: colours.background,
      bordercolor: colours.muted,
      ...layout.hoverlabel,
      font: { family: font, color: colours.text, ...layout.hoverlabel?.font },
    },
  };
  for (const key of new Set(["xaxis", "yaxis", ...Object.keys(layout).filter(isAxis)])) {
    themed[key] = {
      gridcolor: colours.grid,
      zerolinecolor: colours.grid,
      linecolor: colours.muted,
      tickcolor: colours.muted,
      automargin: true,
      // Finding out whether a label runs over costs a quarter of the repaint; ours do not.
      ticklabeloverflow: "allow",
      ...layout[key],
    };
  }
  return themed;
}

const isAxis = (key) => /^[xy]axis\d*$/.test(key);

function colour(token, { colours }) {
  const match = TOKEN.exec(token);
  if (!match) return token;
  const [, name, series, opacity] = match;
  const found = series ? colours.series[Number(series) - 1] : colours[name];
  return opacity === undefined ? found : `rgba(${rgb(found).join(",")},${opacity})`;
}

// Any CSS colour as [red, green, blue], read by the browser itself.
function rgb(css) {
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = css;
  const text = probe.fillStyle;
  if (text.startsWith("#")) return [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
  return text.match(/[\d.]+/g).slice(0, 3).map(Number);
}

function luminance(channels) {
  const [red, green, blue] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
