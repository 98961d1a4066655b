// One number: label, help, box and reset in a line, the slider below them.

export function buildRow(place, on) {
  const id = `sim-row-${place}`;
  const element = make("div", "sim-row");
  element.dataset.place = place;
  const label = make("label", "sim-row-label");
  label.htmlFor = id;
  const ask = make("button", "sim-row-button sim-row-ask", { type: "button", textContent: "?" });
  const box = make("input", "sim-row-box", { type: "number", step: "any", inputMode: "decimal" });
  box.autocomplete = "off";
  const reset = make("button", "sim-row-button sim-row-reset", { type: "button" });
  reset.textContent = "\u21ba";
  const slider = make("input", "sim-row-slider", { type: "range", id, min: 0, step: 1 });
  const help = make("p", "sim-row-help", { id: `${id}-help`, hidden: true });
  const refusal = make("p", "sim-row-refusal", { id: `${id}-refusal`, hidden: true });
  refusal.setAttribute("role", "alert");
  ask.setAttribute("aria-controls", help.id);
  const head = make("div", "sim-row-head");
  const flip = make("div", "sim-row-flip", { hidden: true });
  const flipText = make("p", "sim-row-flip-text", { id: `${id}-flip`, hidden: true });
  head.append(label, ask, box, reset);
  element.append(head, slider, flip, flipText, help, refusal);
  const row = { element, label, ask, box, reset, slider, flip, flipText, help, refusal, stops: [0], shown: null };

  slider.oninput = () => {
    show(row, row.stops[slider.valueAsNumber]);
    on.move(row.shown);
  };
  slider.onchange = () => on.release();
  box.onchange = () => {
    // Left empty: what was there before. Something else than a number is sent, and refused.
    const isWord = box.validity.badInput;
    if (box.value !== "" || isWord) {
      show(row, isWord ? null : box.valueAsNumber);
      on.move(row.shown);
      on.release();
    } else show(row, row.shown);
  };
  box.onkeydown = (event) => step(row, event);
  reset.onclick = () => on.reset();
  ask.onclick = () => {
    help.hidden = !help.hidden;
    ask.setAttribute("aria-expanded", String(!help.hidden));
  };
  ask.setAttribute("aria-expanded", "false");
  return row;
}

export function updateRow(row, data, isAhead) {
  row.stops = data.stops;
  row.step = data.step;
  set(row.slider, "max", String(data.stops.length - 1));
  setText(row.label, data.label);
  setText(row.help, data.help);
  set(row.ask, "title", data.help);
  set(row.ask, "ariaLabel", data.helpName);
  set(row.box, "ariaLabel", data.label);
  row.reset.setAttribute("aria-hidden", String(!data.reset));
  set(row.reset, "title", data.reset ?? "");
  set(row.reset, "ariaLabel", data.reset ?? "");
  row.refusal.hidden = !data.refusal;
  setText(row.refusal, data.refusal ?? "");
  row.element.classList.toggle("sim-row-refused", Boolean(data.refusal));
  row.box.setAttribute("aria-invalid", String(Boolean(data.refusal)));
  row.box.setAttribute("aria-describedby", data.refusal ? row.refusal.id : row.help.id);
  markFlips(row, data.flip ?? null);
  // What the hand has done since is newer than what the page says.
  if (isAhead) place(row);
  else if (data.shown !== null) show(row, data.shown);
}

// Where the decision turns, drawn over the track; the words below it say the same.
function markFlips({ slider, flip, flipText }, found) {
  flip.hidden = flipText.hidden = !found;
  setText(flipText, found?.text ?? "");
  set(slider, "title", found?.text ?? "");
  if (found) slider.setAttribute("aria-describedby", flipText.id);
  else slider.removeAttribute("aria-describedby");
  flip.classList.toggle("sim-row-flip-stale", Boolean(found?.stale));
  const beyond = (found?.beyond ?? []).map(([from, to]) => {
    const stretch = make("span", "sim-row-beyond");
    stretch.style.left = `${100 * from}%`;
    stretch.style.width = `${100 * (to - from)}%`;
    return stretch;
  });
  const marks = (found?.marks ?? []).map((at) => {
    const mark = make("span", "sim-row-mark");
    mark.style.left = `${100 * at}%`;
    return mark;
  });
  flip.replaceChildren(...beyond, ...marks);
}

function show(row, shown) {
  row.shown = shown;
  if (shown !== null) set(row.box, "value", text(shown));
  place(row);
}

function place({ slider, stops, shown }) {
  if (shown === null) return;
  let at = 0;
  stops.forEach((stop, position) => {
    if (Math.abs(stop - shown) < Math.abs(stops[at] - shown)) at = position;
  });
  if (slider.valueAsNumber !== at) slider.value = String(at);
  const share = stops.length > 1 ? at / (stops.length - 1) : 0;
  slider.style.setProperty("--sim-at", `${100 * share}%`);
  slider.setAttribute("aria-valuetext", text(shown));
}

// Up and down go by the step of the slider, from whatever number stands there.
function step(row, event) {
  const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (!way || row.box.value === "") return;
  event.preventDefault();
  row.box.value = text(row.box.valueAsNumber + way * row.step);
  row.box.onchange();
}

const text = (number) => String(Number(number.toPrecision(10)));

function make(tag, className, fields = {}) {
  return Object.assign(document.createElement(tag), { className, ...fields });
}

function set(element, name, value) {
  if (element[name] !== value) element[name] = value;
}

function setText(element, content) {
  if (element.textContent !== content) element.textContent = content;
}
