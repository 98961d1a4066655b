"""Every world as a file: its inputs and its outcomes, with the version and the seed they come from."""

import csv
import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import sim
from sim.analyses.draws import draw
from sim.analyses.montecarlo import MonteCarlo
from sim.metrics import OUTCOMES, Floats
from sim.world import world_declarations

_BOM = "\ufeff"


def columns_of(found: MonteCarlo) -> dict[str, Floats]:
    """Inputs (a column for each member of a vector), then outcomes, each of shape (worlds,)."""
    columns: dict[str, Floats] = {}
    for name, drawn in draw(found.scenario).items():
        members = world_declarations()[name].members
        names = [f"{name}.{each}" for each in members] or [name]
        columns |= dict(zip(names, np.atleast_2d(drawn.T), strict=True))
    return columns | {f"outcome.{name}": found.values[name] for name in OUTCOMES}


def facts_of(found: MonteCarlo) -> dict[str, str]:
    """What the numbers come from."""
    sampling = found.scenario.sampling
    return {
        "version": sim.__version__,
        "seed": str(sampling.seed),
        "worlds": str(sampling.worlds),
        "weeks": str(found.scenario.weeks),
        "refused": str(found.refused),
    }


def worlds_csv(found: MonteCarlo) -> str:
    """One row a world, numbers in full, empty where a world was refused or never pays back."""
    columns = columns_of(found)
    text = io.StringIO()
    text.write(_BOM)
    for name, value in facts_of(found).items():
        text.write(f"# {name}: {value}\r\n")
    writer = csv.writer(text)
    writer.writerow(["world", *columns])
    rows = zip(*(values.tolist() for values in columns.values()), strict=True)
    for world, row in enumerate(rows):
        writer.writerow([world, *("" if value != value else repr(value) for value in row)])
    return text.getvalue()


def worlds_parquet(found: MonteCarlo) -> bytes:
    """The same as Parquet, its facts in the schema's metadata."""
    table = pa.table({name: np.ascontiguousarray(each) for name, each in columns_of(found).items()})
    table = table.replace_schema_metadata(facts_of(found))
    held = io.BytesIO()
    pq.write_table(table, held, compression="zstd")
    return held.getvalue()
