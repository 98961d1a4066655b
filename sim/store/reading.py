"""From rows to what the library hands out."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from sim.errors import NotFound
from sim.store.records import Model, Version
from sim.store.schema import VERSIONS

_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)


def time_of(kept: int) -> datetime:
    """A kept time as UTC."""
    return _BEGINNING + timedelta(microseconds=kept)


def kept_time(moment: datetime) -> int:
    """A time as it is kept; one without a zone counts as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - _BEGINNING) // timedelta(microseconds=1)


def maybe_time(kept: int | None) -> datetime | None:
    """A kept time as UTC, or None where there is none."""
    return None if kept is None else time_of(kept)


def kept_json(found: Mapping[str, object]) -> str:
    """A mapping as it is kept; numbers keep every digit."""
    return json.dumps(dict(found), ensure_ascii=False, separators=(",", ":"))


def version_row(connection: Connection, scenario_id: str, number: object) -> Row[Any]:
    """The row of one version.

    Raises
    ------
    NotFound
        If there is none of that number.
    """
    # A number beyond what the column holds would be an error of the database.
    if not isinstance(number, int) or not 0 < number < 2**31:
        raise NotFound("version")
    found = connection.execute(
        select(VERSIONS).where(VERSIONS.c.scenario_id == scenario_id, VERSIONS.c.number == number)
    ).one_or_none()
    if found is None:
        raise NotFound("version")
    return found


def version_of(row: Row[Any]) -> Version:
    """A version from its row."""
    return Version(
        scenario_id=row.scenario_id,
        number=row.number,
        author=row.author,
        saved=time_of(row.saved),
        note=row.note,
        document=row.document,
        why=json.loads(row.why),
        outcomes=json.loads(row.outcomes),
        model=model_of(row),
        settings=json.loads(row.settings),
        restored_from=row.restored_from,
    )


def model_of(row: Row[Any]) -> Model:
    """The model that a version was made with."""
    return Model(version=row.model_version, fingerprint=row.model_fingerprint)
