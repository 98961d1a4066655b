"""The headline outcomes as one piece of HTML: title, sentence, and a card for each outcome."""

from sim.analyses.compare import Comparison
from sim.text import Words
from sim.ui.visit import Visit


def outcomes_html(comparison: Comparison, visit: Visit, words: Words) -> str:
    """TODO"""
    return "<h1>x</h1>"
