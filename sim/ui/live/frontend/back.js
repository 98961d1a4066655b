// A page that is back on a server after it had lost it. The server may be another one, which has drawn
// nothing of this page yet and would pass over whatever asks for a part of it; Streamlit itself asks
// for a whole page only at times. So the whole page is asked for.
const STATE = "data-test-connection-state";
const HERE = "CONNECTED";

// While it is looking for one, nobody hears anything.
export const isCutOff = () => document.querySelector(`[${STATE}]:not([${STATE}="${HERE}"])`) !== null;

let ask;
let watching;

export function askOnceBack(whole) {
  ask = whole;
  if (watching) return;
  const app = document.querySelector(`[${STATE}]`);
  if (!app) return;
  let before = app.getAttribute(STATE);
  watching = new MutationObserver(() => {
    const now = app.getAttribute(STATE);
    if (now === HERE && before !== HERE) setTimeout(() => ask(), 0);
    before = now;
  });
  watching.observe(app, { attributes: true, attributeFilter: [STATE] });
}
