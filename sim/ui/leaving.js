// On the way to the provider. The tab keeps the address that it comes from, which carries the
// scenario, the page and the language; the log-in itself knows nothing of it.
if (!sessionStorage.getItem("sim.from")) sessionStorage.setItem("sim.from", document.referrer);
location.replace(`./auth/login${location.search}&on=1`);
