"""Moves and programmes as phrases of a sentence."""

from collections.abc import Iterator, Sequence

from sim.charts.moves import cells_of, open_links, opening_kind
from sim.policy import Move
from sim.sets import PARTNERS, SURFACES
from sim.text import Words
from sim.text.numbers import share, week, weeks


def listed(parts: Sequence[str], words: Words, *, clauses: bool = False) -> str:
    """Parts as a list in running text: "a, b and c"; clauses stand further apart than names."""
    if len(parts) < 2:
        return "".join(parts)
    between, last = ("clause", "last_clause") if clauses else ("comma", "and")
    return words(f"phrase.{between}").join(parts[:-1]) + words(f"phrase.{last}") + parts[-1]


def links_of(move: Move, words: Words) -> str:
    """Whose links, and where."""
    everywhere = set(move.surfaces) >= set(SURFACES)
    everyone = set(move.partners) >= set(PARTNERS)
    key = {
        (True, True): "phrase.links.all",
        (True, False): "phrase.links.partners",
        (False, True): "phrase.links.surfaces",
        (False, False): "phrase.links.both",
    }[everywhere, everyone]
    return words(
        key,
        surfaces=_surfaces(move, words),
        partners=_partners(move, words),
    )


def move_phrases(moves: Sequence[Move], words: Words) -> Iterator[str]:
    """Each move by week as a phrase, such as "links in live rooms cut from week 19"."""
    now = open_links()
    for move in sorted(moves, key=lambda each: each.week):
        if move.openness is not None:
            yield words(
                f"phrase.{opening_kind(move, now)}",
                links=links_of(move, words),
                week=week(move.week, words),
                share=share(move.openness, words),
            )
            now |= dict.fromkeys(cells_of(move), move.openness)
        if move.fee is not None:
            yield words(
                "phrase.fee",
                fee=share(move.fee, words),
                partners=_whose(move, words),
                week=week(move.week, words),
            )


def move_text(move: Move, words: Words) -> str:
    """A move on its own, such as "week 19: live rooms, marketplaces: closed"."""
    everywhere = set(move.surfaces) >= set(SURFACES)
    done = []
    if move.openness is not None:
        key = {0.0: "phrase.closed", 1.0: "phrase.open"}.get(move.openness, "phrase.part_open")
        done.append(words(key, share=share(move.openness, words)))
    if move.fee is not None:
        done.append(words("phrase.fee_of", fee=share(move.fee, words)))
    if move.ramp_weeks > 1:
        done.append(words("phrase.over", weeks=weeks(move.ramp_weeks, words)))
    return words(
        "phrase.move",
        week=week(move.week, words),
        surfaces=words("phrase.everywhere") if everywhere else _surfaces(move, words),
        partners=_whose(move, words),
        done=words("phrase.comma").join(done),
    )


def _surfaces(move: Move, words: Words) -> str:
    return listed([words(f"phrase.surface.{each}") for each in move.surfaces], words)


def _partners(move: Move, words: Words) -> str:
    return listed([words(f"phrase.partner.{each}") for each in move.partners], words)


def _whose(move: Move, words: Words) -> str:
    everyone = set(move.partners) >= set(PARTNERS)
    return words("phrase.partner.all") if everyone else _partners(move, words)
