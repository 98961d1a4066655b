// The server is where this file lies. Without being told, Streamlit looks for it below the address
// of the page first, and the browser writes what is not found there into its console.
window.__streamlit = {
  ...window.__streamlit,
  BACKEND_BASE_URL: new URL(".", document.currentScript.src).href,
};
