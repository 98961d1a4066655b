// What a hand had done and the page did not know of yet when it was loaded anew: kept in the tab,
// and done again where the page stands at the same scenario as then.

const KEY = "sim.left";

let left = read();

export function keep(s, edits) {
  try {
    if (edits.length) sessionStorage.setItem(KEY, JSON.stringify({ s, edits }));
    else sessionStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing.
  }
}

// Pairs of place and number, once; none where the page stands elsewhere.
export function takeLeft(s) {
  const taken = left?.s === s ? left.edits : [];
  left = null;
  return taken;
}

function read() {
  try {
    const { s, edits } = JSON.parse(sessionStorage.getItem(KEY));
    return Array.isArray(edits) ? { s, edits } : null;
  } catch {
    return null;
  }
}
