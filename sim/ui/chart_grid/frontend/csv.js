// The CSV of a panel, from the figure as Python sent it: full precision, before any rounding for
// the screen. csv_text.py writes the same table for native charts.

const BOM = "\ufeff";
const END = "\r\n";
const TYPED = {
  f4: Float32Array, f8: Float64Array, i1: Int8Array, i2: Int16Array, i4: Int32Array,
  u1: Uint8Array, u2: Uint16Array, u4: Uint32Array,
};

export function csvText(figure, header) {
  const notes = header.map((line) => `# ${line.trim().split(/\s+/).join(" ")}`);
  const lines = figure.data.some(isGrid) ? gridLines(figure) : tableLines(figure);
  return BOM + [...notes, ...lines].join(END) + END;
}

function isGrid(trace) {
  return isTable(trace) && trace.z != null;
}

// A row a cell: x, y, and what every grid of the figure has there.
function gridLines(figure) {
  const grids = figure.data.filter(isGrid);
  const [xs, ys] = [decoded(grids[0].x), decoded(grids[0].y)];
  const cells = grids.map((trace) => Array.from(decoded(trace.z)).flat());
  const yName = figure.layout.meta?.y ?? titleOf(figure.layout.yaxis) ?? "y";
  const lines = [[xName(figure.layout), String(yName), ...grids.map(columnName)].map(field).join(",")];
  for (let row = 0; row < ys.length; row += 1) {
    for (let at = 0; at < xs.length; at += 1) {
      const values = cells.map((each) => each[row * xs.length + at]);
      lines.push([xs[at], ys[row], ...values].map(field).join(","));
    }
  }
  return lines;
}

function tableLines(figure) {
  const columns = figure.data.flatMap((trace, position) =>
    isTable(trace) ? [{ name: columnName(trace, position), cells: cellsOf(trace) }] : [],
  );
  const rows = new Map();
  for (const { cells } of columns) {
    for (const [row, { x }] of cells) if (!rows.has(row)) rows.set(row, x);
  }
  const lines = [];
  lines.push([xName(figure.layout), ...columns.map(({ name }) => name)].map(field).join(","));
  for (const [row, x] of inOrder([...rows])) {
    lines.push([x, ...columns.map(({ cells }) => cells.get(row)?.value)].map(field).join(","));
  }
  return lines;
}

function isTable(trace) {
  return trace.meta?.csv !== false && trace.x != null && trace.y != null;
}

// Values by x and how often this x came before, so that a repeated x loses nothing.
function cellsOf(trace) {
  const across = trace.orientation === "h";
  const keys = decoded(across ? trace.y : trace.x);
  const values = decoded(across ? trace.x : trace.y);
  const turns = new Map();
  const cells = new Map();
  for (let i = 0; i < Math.min(keys.length, values.length); i += 1) {
    const x = keys[i];
    const turn = turns.get(x) ?? 0;
    turns.set(x, turn + 1);
    cells.set(`${turn}|${typeof x}|${x}`, { x, value: values[i] });
  }
  return cells;
}

function decoded(values) {
  if (values.bdata === undefined) return values;
  const bytes = Uint8Array.from(atob(values.bdata), (letter) => letter.charCodeAt(0));
  return new TYPED[values.dtype](bytes.buffer);
}

function inOrder(rows) {
  if (!rows.every(([, x]) => typeof x === "number")) return rows;
  return rows.sort(([, left], [, right]) => left - right);
}

function columnName(trace, position) {
  return String(trace.meta?.series || trace.name || `series ${position + 1}`);
}

function xName(layout) {
  return String(layout.meta?.x || titleOf(layout.xaxis) || "x");
}

function titleOf(axis) {
  return axis?.title?.text ?? axis?.title;
}

function field(value) {
  if (value == null || (typeof value === "number" && !Number.isFinite(value))) return "";
  let text = String(value);
  // A spreadsheet would run a text that looks like a formula.
  if (typeof value === "string" && /^[=+\-@]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
