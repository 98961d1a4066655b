"""The words of a place: of a lever, of a number in a move, of an assumption or its member."""

from sim.sets import PARTNERS, SEGMENTS, SURFACES
from sim.text import Words
from sim.world import world_declarations


def place_words(place: str, words: Words) -> str:
    """What a control of that place is called."""
    group, _, rest = place.partition(".")
    if place == "weeks":
        return words("ui.horizon")
    if rest.startswith("moves["):
        return words(f"move.{rest.rpartition('.')[2]}")
    if group == "policy":
        return words(place)
    name, _, member = rest.partition(".")
    label = words(world_declarations()[name].key)
    return (
        words("ui.world.member", label=label, member=member_words(member, words))
        if member
        else label
    )


def member_words(member: str, words: Words) -> str:
    """What a member of a vector is called."""
    for kind, names in (("segment", SEGMENTS), ("surface", SURFACES), ("partner", PARTNERS)):
        if member in names:
            return words(f"{kind}.{member}")
    return words("ui.world.week", number=int(member.removeprefix("w")))
