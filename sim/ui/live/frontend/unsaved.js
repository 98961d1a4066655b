// What was typed for the library and is not saved, as the server told it: kept in the tab, together
// with the scenario that it belongs to, and told again to a server that knows nothing of it.

const KEY = "sim.unsaved";

// What this document was told last.
let kept = null;

export function keepUnsaved({ asks, said }, tell) {
  if (!asks) return said === null ? forget() : keep(said);
  const left = kept ?? ofThisScenario();
  if (left !== null) tell(left);
}

function keep(said) {
  kept = said;
  if (kept === null) return;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ at: here(), said: kept }));
  } catch {
    // A browser that keeps nothing.
  }
}

function forget() {
  kept = null;
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}

function ofThisScenario() {
  try {
    const { at, said } = JSON.parse(sessionStorage.getItem(KEY));
    return at === here() && typeof said === "string" ? said : null;
  } catch {
    return null;
  }
}

function here() {
  return new URLSearchParams(location.search).get("s");
}

// The scenario may have changed since then. What somebody who logs out has typed is not for the next.
addEventListener("pagehide", () => keep(kept));
addEventListener("click", ({ target }) => target.closest?.(".st-key-logout") && forget(), true);
