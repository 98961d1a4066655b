"""Scenarios: kept, found, compared, put in the trash and taken out again."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.store import featured, history, listing, saving, trash
from sim.store.access import Visit, enter
from sim.store.calls import Calls
from sim.store.limits import TEXT_LIMITS
from sim.store.listing import Search
from sim.store.people import Person, Role
from sim.store.records import Difference, Draft, Entry, Version, VersionLine
from sim.store.tagging import put_tags
from sim.store.texts import require_text


@dataclass(frozen=True, kw_only=True)
class ScenarioCalls:
    """What can be asked of scenarios; each call is one transaction."""

    calls: Calls

    def create(
        self,
        person: Person,
        draft: Draft,
        *,
        tags: Sequence[str] = (),
        save_id: str | None = None,
    ) -> Version:
        """A new scenario of one's own. The same ``save_id`` again gives the same, not a second one."""
        given = saving.checked(draft)
        return self.calls.save(
            person,
            save_id,
            lambda visit, key: saving.created(visit, given, key, tags=tags, origin=None),
        )

    def save(
        self,
        person: Person,
        scenario_id: str,
        draft: Draft,
        *,
        based_on: int,
        save_id: str | None = None,
    ) -> Version:
        """One more version; :class:`sim.errors.Conflict` if ``based_on`` is not the newest any more."""
        featured.require_not_featured(scenario_id)
        given = saving.checked(draft)
        return self.calls.save(
            person,
            save_id,
            lambda visit, key: saving.saved(
                enter(visit, scenario_id, Role.EDITOR), given, key, based_on=based_on
            ),
        )

    def save_as(
        self,
        person: Person,
        scenario_id: str,
        draft: Draft,
        *,
        based_on: int,
        tags: Sequence[str] = (),
        save_id: str | None = None,
    ) -> Version:
        """A scenario of one's own made from one that one may read, which it names as its origin."""
        given, origin = saving.checked(draft), (scenario_id, based_on)

        def made(visit: Visit, key: str) -> Version:
            if featured.is_featured(scenario_id):
                featured.featured_version(scenario_id, based_on)
            else:
                history.version_at(enter(visit, scenario_id, Role.VIEWER, trashed=True), based_on)
            return saving.created(visit, given, key, tags=tags, origin=origin)

        return self.calls.save(person, save_id, made)

    def restore(
        self,
        person: Person,
        scenario_id: str,
        number: int,
        *,
        based_on: int,
        note: str = "",
        save_id: str | None = None,
    ) -> Version:
        """A new version that says what version ``number`` said; ``based_on`` as in :meth:`save`."""
        featured.require_not_featured(scenario_id)
        said = require_text("version_note", note, most=TEXT_LIMITS["version_note"])
        return self.calls.save(
            person,
            save_id,
            lambda visit, key: saving.restored(
                enter(visit, scenario_id, Role.EDITOR), number, said, key, based_on=based_on
            ),
        )

    def version(self, person: Person, scenario_id: str, number: int | None = None) -> Version:
        """One version with its document, the newest without a number."""
        if featured.is_featured(scenario_id):
            return featured.featured_version(scenario_id, number)
        return self.calls.enter(
            person, scenario_id, lambda here: history.version_at(here, number), trashed=True
        )

    def versions(
        self, person: Person, scenario_id: str, *, before: int | None = None
    ) -> tuple[VersionLine, ...]:
        """The history, the newest first, a page at a time: those below ``before``."""
        return self.calls.enter(
            person, scenario_id, lambda here: history.history(here, before), trashed=True
        )

    def difference(
        self, person: Person, first: tuple[str, int], second: tuple[str, int]
    ) -> Difference:
        """What a version (scenario id and number) says otherwise than another, of whatever scenario."""
        return history.difference(self.version(person, *first), self.version(person, *second))

    def featured(self) -> tuple[Entry, ...]:
        """The built-in cases, which everybody reads and nobody changes."""
        return featured.featured_entries()

    def search(self, person: Person, search: Search | None = None) -> tuple[Entry, ...]:
        """What the person may read, the one changed last first, a page at a time."""
        return self.calls.read(person, lambda visit: listing.listed(visit, search or Search()))

    def entry(self, person: Person, scenario_id: str) -> Entry:
        """One scenario as in a list."""
        if featured.is_featured(scenario_id):
            return featured.featured_entry(scenario_id)
        return self.calls.enter(person, scenario_id, listing.entry_of, trashed=True)

    def tag(self, person: Person, scenario_id: str, tags: Sequence[str]) -> tuple[str, ...]:
        """The tags that it has from now on."""
        return self.calls.change(
            person,
            scenario_id,
            lambda here: put_tags(here.visit, here.scenario.id, tags),
            need=Role.EDITOR,
        )

    def trash(self, person: Person, scenario_id: str) -> None:
        """Put it in the trash, where only its owner sees it."""
        self.calls.change(person, scenario_id, trash.put_in_trash, need=Role.OWNER, trashed=True)

    def recover(self, person: Person, scenario_id: str) -> None:
        """Take it out of the trash as it was."""
        self.calls.change(person, scenario_id, trash.recover, need=Role.OWNER, trashed=True)

    def purge(self, person: Person, scenario_id: str) -> None:
        """Remove it for good, once it has been in the trash for ``limits.trash_days``."""
        self.calls.change(person, scenario_id, trash.purge, need=Role.OWNER, trashed=True)
