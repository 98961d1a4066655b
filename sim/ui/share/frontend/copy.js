// A button that copies the address of the page, which carries everything that is on it.

const SHOWN_MS = 2500;

export default function copyLink({ data, parentElement }) {
  const button = parentElement.querySelector(".sim-copy");
  if (!button || !data) return;
  const label = button.firstElementChild;
  const say = (text) => {
    if (label.textContent !== text) label.textContent = text;
  };
  if (!button.simBusy) say(data.copy);
  button.onclick = () => {
    button.simBusy = true;
    // Without a secure connection there is no clipboard to ask.
    const asked = navigator.clipboard?.writeText(window.location.href) ?? Promise.reject();
    asked.then(() => say(data.copied), () => say(data.failed)).then(() =>
      setTimeout(() => {
        button.simBusy = false;
        say(data.copy);
      }, SHOWN_MS),
    );
  };
}
