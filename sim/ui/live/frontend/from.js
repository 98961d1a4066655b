// The tab keeps the address from which somebody goes to log in, and comes back to it. What the browser
// itself says of where it comes from ends where a long address begins (W3C, Referrer Policy, 4,096
// characters), and a comparison of eight scenarios is longer.
function keep({ target }) {
  if (target.closest?.(".st-key-login")) sessionStorage.setItem("sim.from", location.href);
}

addEventListener("click", keep, true);
