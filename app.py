"""The application: ``streamlit run app.py``.

Streamlit reads this file twice: once as a server, for the address that live answers come from, and
as the script of the page at every run.
"""

if __name__ == "__main__":
    from sim.ui.shell import main

    main()
else:
    import streamlit as st

    from sim.ui.hosting import metrics, readiness
    from sim.ui.hosting.headers import middleware
    from sim.ui.live.routes import ROUTES
    from sim.ui.server import startup

    app = st.App(
        __file__,
        routes=[*ROUTES, *readiness.ROUTES, *metrics.ROUTES],
        middleware=middleware(),
        lifespan=startup,
    )
