// Streamlit names its own buttons and menu entries in English. Here they get the page's language:
// React writes a name again only when it changes, so ours stays. The English word is kept, because
// the language may be changed again.

const TEXTS = ["stMainMenuPopover", "stFileUploaderDropzone", "stDialog"].map((id) => `[data-testid="${id}"]`).join();
const PAUSE_MS = 100;
const english = new WeakMap();

let names = {};
let waiting = false;

export function nameControls(given) {
  names = given;
  renameSoon();
}

function renameSoon() {
  if (waiting) return;
  waiting = true;
  setTimeout(rename, PAUSE_MS);
}

function rename() {
  waiting = false;
  for (const element of document.querySelectorAll(".stApp [aria-label], [role=menu][aria-label], [role=group][aria-label]"))
    put(element, element.getAttribute("aria-label"), (name) => element.setAttribute("aria-label", name));
  for (const menu of document.querySelectorAll(TEXTS)) {
    const texts = document.createTreeWalker(menu, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      put(text, text.nodeValue, (name) => (text.nodeValue = name));
    }
  }
}

function put(node, shown, write) {
  const known = english.get(node);
  // A name that is not what we wrote is Streamlit's own again.
  const original = known?.written === shown ? known.original : shown;
  const name = translated(original);
  if (name === shown) return;
  english.set(node, { original, written: name });
  write(name);
}

// What stands with a label, which is in the page's language already, or with a size.
const WITH = [
  ["Help for", /^Help for (.+)$/s],
  ["per file", /^(.+) per file$/],
  ["too large", /^File must be (.+) or smaller\.$/],
];

function translated(original) {
  if (Object.hasOwn(names, original)) return names[original];
  for (const [name, pattern] of WITH) {
    const [, part] = pattern.exec(original) ?? [];
    if (part) return names[name] + part;
  }
  return original;
}

new MutationObserver(renameSoon).observe(document.body, { childList: true, subtree: true });
