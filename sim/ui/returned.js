// Back from the provider: to the address that this tab left, if it is one of this server. Whether
// the log-in failed is said in the query, and the page tells it.
const first = new URL("./", location.href);

function left() {
  try {
    const address = new URL(sessionStorage.getItem("sim.from"));
    const isOurs = address.origin === first.origin && address.pathname.startsWith(first.pathname);
    return isOurs ? address : first;
  } catch {
    return first;
  }
}

const address = left();
sessionStorage.removeItem("sim.from");
const failed = new URLSearchParams(location.search).get("login");
address.searchParams.delete("login");
if (failed) address.searchParams.set("login", failed);
location.replace(address.href);
