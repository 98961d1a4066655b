"""The application: ``streamlit run app.py``.

Streamlit reads this file twice: once as a server, for the addresses beside Streamlit's own, and as
the script of the page at every run.
"""

if __name__ == "__main__":
    from sim.ui.shell import main

    main()
else:
    import streamlit as st

    from sim.ui import entry
    from sim.ui.chart_grid import plotly_js
    from sim.ui.hosting import log_in_way, login, metrics, readiness
    from sim.ui.hosting.base import at_base
    from sim.ui.hosting.headers import middleware
    from sim.ui.library_access import is_reachable
    from sim.ui.live import routes
    from sim.ui.server import startup

    readiness.needs("library", is_reachable)
    app = st.App(
        __file__,
        routes=at_base(
            *routes.ROUTES,
            *plotly_js.ROUTES,
            *entry.ROUTES,
            *readiness.ROUTES,
            *metrics.ROUTES,
            *log_in_way.ROUTES,
        ),
        secrets=login.secrets(),
        middleware=middleware(),
        lifespan=startup,
    )
