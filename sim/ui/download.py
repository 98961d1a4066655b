"""All weekly series of a run and its reference as one tidy CSV."""

import csv
import io

from sim.analyses.compare import Comparison
from sim.series import SERIES

_BOM = "\ufeff"


def all_series_csv(comparison: Comparison) -> str:
    """``week,run,series,unit,value``, the run first; numbers in full."""
    text = io.StringIO()
    text.write(_BOM)
    writer = csv.writer(text)
    writer.writerow(["week", "run", "series", "unit", "value"])
    for name, run in (("scenario", comparison.run), ("reference", comparison.reference)):
        for series, facts in SERIES.items():
            for week, value in enumerate(run.series[series]):
                writer.writerow([week, name, series, facts.unit, repr(float(value))])
    return text.getvalue()
