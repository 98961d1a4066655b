// Loads the plotly.js of the installed Python package once a page, as a module from the same server:
// no inline script, no blob and no eval, so a strict content security policy holds. The head of the page
// names the same address, so it is here, and read, long before the first chart asks for it.

import { rememberSchema } from "./schema.js";

// Our own, whatever Streamlit's native charts have put into the window: that one is another release,
// and is there or not by the pages visited before.
export let Plotly = null;

let loading = null;

export function loadPlotly(tag) {
  loading ??= import(new URL(`../../../plotly.js?v=${tag}`, import.meta.url).href).then(
    ({ default: found }) => {
      if (!found) throw new Error("plotly.js is empty");
      rememberSchema(found);
      Plotly = found;
    },
    () => Promise.reject(new Error("plotly.js could not be loaded")),
  );
  return loading;
}
