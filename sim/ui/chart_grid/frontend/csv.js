// The CSV of a panel, from the figure as Python sent it: full precision, before any rounding for
// the screen. csv_text.py writes the same table for native charts.

const BOM = "\ufeff";
const END = "\r\n";
const TYPED = {
  f4: Float32Array, f8: Float64Array, i1: Int8Array, i2: Int16Array, i4: Int32Array,
  u1: Uint8Array, u2: Uint16Array, u4: Uint32Array,
};

export function csvText(figure, header) {
  const columns = figure.data.flatMap((trace, position) =>
    isTable(trace) ? [{ name: columnName(trace, position), cells: cellsOf(trace) }] : [],
  );
  const rows = new Map();
  for (const { cells } of columns) {
    for (const [row, { x }] of cells) if (!rows.has(row)) rows.set(row, x);
  }
  const lines = header.map((line) => `# ${line.trim().split(/\s+/).join(" ")}`);
  lines.push([xName(figure.layout), ...columns.map(({ name }) => name)].map(field).join(","));
  for (const [row, x] of inOrder([...rows])) {
    lines.push([x, ...columns.map(({ cells }) => cells.get(row)?.value)].map(field).join(","));
  }
  return BOM + lines.join(END) + END;
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
  const title = layout.xaxis?.title;
  return String(layout.meta?.x || (title?.text ?? title) || "x");
}

function field(value) {
  if (value == null || (typeof value === "number" && !Number.isFinite(value))) return "";
  let text = String(value);
  // A spreadsheet would run a text that looks like a formula.
  if (typeof value === "string" && /^[=+\-@]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
