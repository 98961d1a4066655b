"""Rounds: blind, then revealed."""

from dataclasses import dataclass

from sim.store import rounds
from sim.store.access import enter_round
from sim.store.calls import Calls
from sim.store.people import Person, Role
from sim.store.records import Draft, Round, RoundEntry


@dataclass(frozen=True, kw_only=True)
class RoundCalls:
    """What can be asked of rounds; each call is one transaction."""

    calls: Calls

    def open(
        self, person: Person, scenario_id: str, question: str = "", *, number: int | None = None
    ) -> Round:
        """A round on a version, with its link, which is told this once."""
        return self.calls.change(
            person,
            scenario_id,
            lambda here: rounds.open_round(here, question, number),
            need=Role.OWNER,
        )

    def of_scenario(self, person: Person, scenario_id: str) -> tuple[Round, ...]:
        """The rounds on a scenario; for its owner."""
        return self.calls.enter(person, scenario_id, rounds.rounds, need=Role.OWNER)

    def round(self, person: Person, round_id: str) -> Round:
        """A round that one owns or holds the link of: its question, its document, how many entered."""
        return self.calls.read(
            person, lambda visit: rounds.round_of(visit, enter_round(visit, round_id))
        )

    def put_entry(self, person: Person, round_id: str, name: str, draft: Draft) -> None:
        """Enter one's own document under a name; again until the reveal."""
        self.calls.write(
            person,
            lambda visit: rounds.put_entry(visit, enter_round(visit, round_id), name, draft),
        )

    def withdraw_entry(self, person: Person, round_id: str) -> None:
        """Take one's own entry back, before the reveal."""
        self.calls.write(
            person, lambda visit: rounds.withdraw_entry(visit, enter_round(visit, round_id))
        )

    def entries(self, person: Person, round_id: str) -> tuple[RoundEntry, ...]:
        """One's own entry before the reveal, and everybody's after it."""
        return self.calls.read(
            person, lambda visit: rounds.entries(visit, enter_round(visit, round_id))
        )

    def reveal(self, person: Person, round_id: str) -> None:
        """Show all entries to all; for the round's owner."""
        self.calls.write(
            person, lambda visit: rounds.reveal(visit, enter_round(visit, round_id, owner=True))
        )

    def remove(self, person: Person, round_id: str) -> None:
        """Remove a round with its entries; for its owner."""
        self.calls.write(
            person,
            lambda visit: rounds.remove_round(visit, enter_round(visit, round_id, owner=True)),
        )
