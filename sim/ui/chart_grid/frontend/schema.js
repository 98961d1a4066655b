// plotly.js looks through its whole schema, a thousand entries, for every line of every chart at every
// repaint, to find which of its attributes hold arrays: a quarter of the time. Which of them could is
// the same every time, so it is found out once; what is left is to look at those.

const isArray = (value) =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
const isPlain = (value) => Object.prototype.toString.call(value) === "[object Object]";

export function rememberSchema({ PlotSchema }) {
  const shared = sharedAttributes(PlotSchema);
  if (!shared) return;
  const known = new Map();
  const paths = (attributes) => {
    if (!known.has(attributes)) known.set(attributes, pathsToArrays(PlotSchema, attributes));
    return known.get(attributes);
  };
  PlotSchema.findArrayAttributes = (trace) => {
    const found = [];
    for (const attributes of [shared, trace._module?.attributes]) {
      if (attributes) for (const path of paths(attributes)) follow(trace, path, 0, "", found);
    }
    return found;
  };
}

// What every kind of trace has, which plotly.js tells nobody: it is the first that it looks through.
function sharedAttributes(schema) {
  const { crawl } = schema;
  let first;
  schema.crawl = (attributes) => {
    first ??= attributes;
  };
  try {
    schema.findArrayAttributes({});
  } finally {
    schema.crawl = crawl;
  }
  return first;
}

// The ticks of a colour bar are a list that belongs to no point, and plotly.js passes over them.
const isOfColourBar = (steps) =>
  steps.at(-2)?.name === "colorbar" && ["ticktext", "tickvals"].includes(steps.at(-1).name);

function pathsToArrays(schema, attributes) {
  const found = [];
  const steps = [];
  schema.crawl(attributes, (attribute, name, _parent, level) => {
    steps.length = level;
    steps.push({ name, isList: Boolean(attribute?._isLinkedToArray) });
    const mayBeOne = attribute?.valType === "data_array" || attribute?.arrayOk === true;
    if (mayBeOne && !isOfColourBar(steps)) found.push([...steps]);
  });
  return found;
}

function follow(container, path, at, before, found) {
  const { name, isList } = path[at];
  const value = container[name];
  const here = before + name;
  if (at === path.length - 1) {
    if (isArray(value)) found.push(here);
  } else if (isList && Array.isArray(value)) {
    value.forEach((entry, number) => {
      if (isPlain(entry)) follow(entry, path, at + 1, `${here}[${number}].`, found);
    });
  } else if (!isList && isPlain(value)) follow(value, path, at + 1, `${here}.`, found);
}
