"""Sharing: with a person by their id, or with whoever holds a link."""

from dataclasses import dataclass
from datetime import datetime

from sim.store import sharing
from sim.store.calls import Calls
from sim.store.people import Person, Role
from sim.store.records import Link, Share


@dataclass(frozen=True, kw_only=True)
class SharingCalls:
    """What can be asked of shares and links; each call is one transaction."""

    calls: Calls

    def share(self, person: Person, scenario_id: str, other: str, role: Role) -> None:
        """Let another person, by their id, read it or change it."""
        self.calls.change(
            person, scenario_id, lambda here: sharing.share(here, other, role), need=Role.OWNER
        )

    def unshare(self, person: Person, scenario_id: str, other: str) -> None:
        """End a person's share; everybody may end their own."""
        self.calls.change(
            person, scenario_id, lambda here: sharing.unshare(here, other), need=Role.VIEWER
        )

    def hand_over(self, person: Person, scenario_id: str, other: str) -> None:
        """Make one of those with whom it is shared its owner, and be an editor oneself."""
        self.calls.change(
            person, scenario_id, lambda here: sharing.hand_over(here, other), need=Role.OWNER
        )

    def shares(self, person: Person, scenario_id: str) -> tuple[Share, ...]:
        """With whom it is shared; for its owner."""
        return self.calls.enter(person, scenario_id, sharing.shares, need=Role.OWNER)

    def make_link(
        self, person: Person, scenario_id: str, role: Role, *, expires: datetime | None = None
    ) -> Link:
        """A link for whoever holds it; its text is told this once."""
        return self.calls.change(
            person,
            scenario_id,
            lambda here: sharing.make_link(here, role, expires),
            need=Role.OWNER,
        )

    def revoke_link(self, person: Person, scenario_id: str, link_id: str) -> None:
        """Make a link open nothing any more."""
        self.calls.change(
            person, scenario_id, lambda here: sharing.revoke_link(here, link_id), need=Role.OWNER
        )

    def links(self, person: Person, scenario_id: str) -> tuple[Link, ...]:
        """The links to it, without their texts; for its owner."""
        return self.calls.enter(person, scenario_id, sharing.links, need=Role.OWNER)
