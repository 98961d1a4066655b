"""A policy tried on one surface first, and the plans that begin so: to go on, or to open again."""

from dataclasses import dataclass, replace

from sim.policy import Move, Policy


@dataclass(frozen=True, kw_only=True)
class Pilot:
    """A trial on one surface, and the plans that begin with it.

    ``begins`` is the week of its first move, ``decided`` the week in which it is decided, before
    anything of that week is seen. What is decided takes effect after the notice that all moves have:
    earlier, and merchants would know of the decision before it is taken.
    """

    begins: int
    decided: int
    trial: Policy
    later: tuple[Move, ...]
    surface: str

    def on(self, notice: int) -> Policy:
        """The pilot and then the whole policy, from ``notice`` weeks after the decision."""
        since = self.decided + notice
        rest = tuple(replace(move, week=max(move.week, since)) for move in self.later)
        return replace(self.trial, moves=(*self.trial.moves, *rest))

    def back(self, notice: int) -> Policy:
        """The pilot and then its links opened again, ``notice`` weeks after the decision."""
        tried = self.trial.moves
        partners = tuple(dict.fromkeys(each for move in tried for each in move.partners))
        opened = Move(
            week=self.decided + notice, surfaces=(self.surface,), partners=partners, openness=1.0
        )
        return replace(self.trial, moves=(*tried, opened))


def pilot_of(policy: Policy, surface: str, weeks: int) -> Pilot:
    """The policy tried on one surface for so many weeks. Programmes run as they are planned.

    A fee is of a partner and of no surface, so fees wait for the decision.
    """
    ordered = sorted(policy.moves, key=lambda move: move.week)
    begins = ordered[0].week
    decided = begins + weeks
    here: list[Move] = []
    later: list[Move] = []
    for move in ordered:
        tried = surface in move.surfaces and move.openness is not None and move.week < decided
        if not tried:
            later.append(move)
            continue
        here.append(replace(move, surfaces=(surface,), fee=None))
        elsewhere = tuple(each for each in move.surfaces if each != surface)
        if elsewhere:
            later.append(replace(move, surfaces=elsewhere))
        elif move.fee is not None:
            later.append(replace(move, openness=None))
    return Pilot(
        begins=begins,
        decided=decided,
        trial=replace(policy, moves=tuple(here)),
        later=tuple(later),
        surface=surface,
    )
