// Loads the plotly.js of the installed Python package once a page, as a classic script from the
// same server: no inline script, no blob and no eval, so a strict content security policy holds.

import { rememberSchema } from "./schema.js";

// Our own copy, even where Streamlit's native charts have put theirs into the window: that one is
// another release, and is there or not by the pages visited before.
export let Plotly = null;

let loading = null;

export function loadPlotly(version) {
  loading ??= new Promise((resolve, reject) => {
    const theirs = window.Plotly;
    const script = document.createElement("script");
    // The version in the address lets a proxy mark the file as never changing.
    script.src = new URL(`../sim.plotly/plotly.min.js?v=${version}`, import.meta.url).href;
    script.onload = () => {
      if (window.Plotly === theirs) {
        reject(new Error("plotly.js is empty"));
        return;
      }
      Plotly = window.Plotly;
      if (theirs) window.Plotly = theirs;
      rememberSchema(Plotly);
      resolve();
    };
    script.onerror = () => reject(new Error("plotly.js could not be loaded"));
    document.head.append(script);
  });
  return loading;
}
