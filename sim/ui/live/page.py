"""The component that tells the browser what page it is on: its language, and what it shows."""

from sim.ui.assets import AssetsUnavailableError, component
from sim.ui.link import tag_of

_ROOT = '<div class="sim-page"></div>'


def page_state(language: str, **state: object) -> bool:
    """Tell the browser the language of the document, and on the simulator what is on it.

    Parameters
    ----------
    language
        Of the page: ``zh`` or ``en``.
    state
        On the simulator, ``outcomes`` (HTML that is drawn here) and what live questions start
        from: ``s`` (the token), ``look``, and ``heard``, the number of the last change taken in.

    Returns
    -------
    bool
        Whether the browser will be told; Streamlit may not take our files.
    """
    try:
        mount = component("live", _ROOT, js="page.js")
    except AssetsUnavailableError:
        return False
    mount(key="page-state", data={"tag": tag_of(language), "language": language, **state})
    return True
