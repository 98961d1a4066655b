"""The built-in cases as scenarios of the library that everybody reads and nobody changes."""

from typing import Final

from sim.cases.catalogue import case, case_ids
from sim.documents.toml_document import write
from sim.errors import Fault, NotAllowed, NotFound
from sim.store.people import Role
from sim.store.records import Entry, Version
from sim.store.settings import as_kept, settings_of, this_model

# Ids of the library have no colon.
_PREFIX: Final = "case:"


def featured_entries() -> tuple[Entry, ...]:
    """The cases in the order in which they are shown."""
    return tuple(featured_entry(_PREFIX + name) for name in case_ids())


def case_of(scenario_id: str) -> str:
    """The id of the case that a built-in scenario is, as the catalogue has it."""
    return scenario_id.removeprefix(_PREFIX)


def is_featured(scenario_id: object) -> bool:
    """Whether an id is one of a built-in case."""
    return (
        isinstance(scenario_id, str)
        and scenario_id.removeprefix(_PREFIX) in case_ids()
        and (scenario_id.startswith(_PREFIX))
    )


def featured_entry(scenario_id: str) -> Entry:
    """A case as an entry of a list."""
    scenario = case(scenario_id.removeprefix(_PREFIX)).scenario
    return Entry(
        id=scenario_id,
        name=scenario.name,
        note=scenario.note,
        owner="",
        role=Role.VIEWER,
        head=1,
        created=None,
        changed=None,
        featured=True,
    )


def featured_version(scenario_id: str, number: int | None) -> Version:
    """The one version of a case. Its document starts from the case, as what is made of it does.

    Raises
    ------
    NotFound
        If another version is asked for.
    """
    if number not in (None, 1):
        raise NotFound("version")
    scenario = case(scenario_id.removeprefix(_PREFIX)).scenario
    return Version(
        scenario_id=scenario_id,
        number=1,
        author="",
        saved=None,
        note="",
        document=write(scenario),
        why={},
        outcomes={},
        model=this_model(),
        settings=as_kept(settings_of(scenario)),
    )


def require_not_featured(scenario_id: object) -> None:
    """Refuse to change a case.

    Raises
    ------
    NotAllowed
        If the id is one of a built-in case.
    """
    if is_featured(scenario_id):
        name = str(scenario_id).removeprefix(_PREFIX)
        raise NotAllowed([Fault(kind="featured", place=name)])
