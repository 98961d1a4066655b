"""The application: ``streamlit run app.py``."""

from sim.ui.shell import main

main()
