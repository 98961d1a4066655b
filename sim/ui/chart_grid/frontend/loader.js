// Loads the plotly.js of the installed Python package once a page, as a classic script from the
// same server: no inline script, no blob and no eval, so a strict content security policy holds.

let loading = null;

export function loadPlotly(version) {
  loading ??= new Promise((resolve, reject) => {
    if (window.Plotly?.version) {
      resolve();
      return;
    }
    const script = document.createElement("script");
    // The version in the address lets a proxy mark the file as never changing.
    script.src = new URL(`../sim.plotly/plotly.min.js?v=${version}`, import.meta.url).href;
    script.onload = () => (window.Plotly ? resolve() : reject(new Error("plotly.js is empty")));
    script.onerror = () => reject(new Error("plotly.js could not be loaded"));
    document.head.append(script);
  });
  return loading;
}
