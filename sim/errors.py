"""What can be wrong with what came in, as facts that a page can say in any language.

    ClosedLoopError
    ├── Refused             a document, scenario or world that cannot be run; carries its faults
    │   ├── TooLarge        a document over the limits of size, depth or count
    │   ├── UnknownCase     a case that is not in the catalogue
    │   ├── NotFound        not in the library, or nothing that whoever asks is shown
    │   └── NotAllowed      in the library, and whoever asks may read but not do this
    ├── Conflict            somebody else saved in between; carries their version
    ├── StoreUnavailable    the library's database does not answer, or cannot write; nothing changed
    │   └── SaveUnknown     the connection broke while a change was being confirmed
    ├── Cancelled           long work that nobody wants any more, or whose time is up
    └── ExecutorLost        an executor that broke down; carries what was finished

A :class:`Fault` names the place, what was got and what is legal. Several are reported together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

# One English sentence a kind of fault; the Chinese ones stand in sim/text/zh.toml as fault.<kind>.
SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "out_of_range": "`{place}` must lie between {low} and {high} ({unit}); got {got}.",
        "not_finite": "`{place}` must be a finite number between {low} and {high} ({unit}); got {got}.",
        "not_a_number": "`{place}` must be a number ({unit}, {low} to {high}); got {got}.",
        "not_whole": "`{place}` must be a whole number between {low} and {high}; got {got}.",
        "wrong_type": "`{place}` must be {legal}; got {got}.",
        "wrong_length": "`{place}` takes {legal} numbers; got {got}.",
        "sum_not_one": "the members of `{place}` must sum to 1; got {got}.",
        "unknown_id": "`{place}` is not known here.{near} Legal: {legal}.",
        "misplaced": "`{place}` does not belong here: put `{got}` under {legal}.{near}",
        "misplaced_top": "`{place}` does not belong here: put `{got}` above the first table.",
        "missing": "`{place}` is missing; it takes {legal}.",
        "empty_move": "`{place}` changes nothing: give `openness`, `fee`, or both.",
        "too_many": "`{place}` has {got} entries; at most {legal} are read.",
        "too_long": "`{place}` has {got} characters; at most {legal} are read.",
        "too_large": "the document is too large: {got}; at most {legal}.",
        "too_deep": "the document is nested {got} levels deep; at most {legal} are read.",
        "more_faults": "and {got} more; mend these first.",
        "empty_file": "the file is empty.",
        "no_document": "this is no scenario file; those are texts in TOML.",
        "not_text": "the document is not UTF-8 text: {got} at position {at}. Save it as UTF-8.",
        "holds_nul": (
            "the document holds a NUL at position {at}, which no text has. If it was saved as UTF-16, "
            "save it as UTF-8."
        ),
        "json_text": "the document looks like JSON; write it in TOML, such as `weeks = 104`.",
        "no_null": "line {line}: TOML has no `{got}`; leave out what is to stay as it is.",
        "not_toml": "the document is not valid TOML: {got}.",
        "toml_twice": "line {line}: this is said twice, and TOML takes it once: {got}",
        "toml_open_text": (
            "line {line}: a text must end with the quotation mark it begins with, and on the same "
            "line: {got}"
        ),
        "toml_open_bracket": "line {line}: a bracket is not closed: {got}",
        "toml_escape": (
            "line {line}: this text holds a backslash, which is written twice, or a character that "
            "cannot be shown: {got}"
        ),
        "toml_value": (
            "line {line}: a value is missing or not as TOML writes it; texts stand in quotation marks, "
            "numbers without % and without a 0 in front: {got}"
        ),
        "toml_line": "line {line}: TOML wants `name = value` or `[table]` here: {got}",
        "case_loop": "`{place}` comes back to where it started: {got}.",
        "newer_format": "the document has format {got}; this version reads formats up to {legal}.",
        "unreadable": "`{place}` cannot be read: {got}.",
        "unwritable": "`{place}` cannot be written: {got}.",
        "damaged_link": "the link is damaged or was cut off ({got}); copy it again as a whole.",
        "headless_link": (
            "the link is damaged or was cut off, so nothing of it can be read; copy it again as a whole."
        ),
        "first_row": "this is the scenario on the page Simulate, which stays; open another in its place.",
        "grid_full": "for this and what follows there is no room: {legal} scenarios are compared.",
        "set_full": (
            "the link compares more scenarios than there is room for ({legal}); the others are left out."
        ),
        "set_damaged": (
            "scenario {got} of those that the link compares is damaged or was cut off, and is left out. "
            "Copy the link again as a whole."
        ),
        "set_cut": (
            "the link says that {legal} scenarios are compared with the one on the page, and carries "
            "{got}; the others were cut off. Copy the link again as a whole."
        ),
        "surplus_parts": (
            "at the end of the link stands something that does not belong to it; it is left out."
        ),
        "newer_link": "the link is of version {got}; this version reads links up to {legal}.",
        "damaged_part": (
            "of the {legal} parts of the link, {got} came damaged or cut off; what is missing stays as "
            "the case or the defaults have it. Copy the link again as a whole."
        ),
        "strange_part": (
            "part {got} of the {legal} parts of the link ({place}) is whole, but says what this version "
            "cannot read; from there on it is left out."
        ),
        "unknown_code": (
            "the link says something of setting number {got}, and this version knows {legal}; this and "
            "what follows it in the same part is left out."
        ),
        "said_twice": "`{place}` is said twice in the link; the last is taken if it is legal.",
        "moves_differ": "the link announces {legal} moves and carries {got}.",
        "left_out": (
            "what the link says of `{place}` cannot be run, so it is left out and stays as the case or "
            "the defaults have it."
        ),
        "newer_part": (
            "the link knows {got} settings, this version {legal}; what it says of the newer ones is "
            "left out."
        ),
        "case_changed": (
            "`{place}` has changed since the link was made; what the link does not carry is as it is "
            "there now."
        ),
        "no_reference": (
            "the link sets scenarios against number {got}, which it does not carry; each is set against "
            "its own world without policy."
        ),
        "long_link": (
            "the scenario does not fit in a link: {got} characters, at most {legal}. Shorten the note, "
            "take out moves, or hand on the file."
        ),
        "diversion_range": (
            "`diversion` must be at least {low} and below {high} for these conversions and closed "
            "shares ({surface}); got {got}. Below, links and shop would repel each other."
        ),
        "conversion_sum": (
            "`conversion` times the segment's index plus `direct_share` must stay below {legal}; "
            "for {segment} on {surface} it is {got}."
        ),
        "never_drawn": "`{place}` cannot be uncertain by itself: it is `fixed`.",
        "low_above_high": "`{place}` must have its low at or below its high; got {low} and {high}.",
        "pair_twice": "`{place}` names a pair twice, or a parameter with itself: {got}.",
        "pairs_contradict": (
            "the pairs of `{place}` contradict each other: no parameters can move together like this. "
            "Bring some coefficients nearer to 0."
        ),
        "no_intensity": "`shopping_intensity` of {segment} must be above 0: nobody there ever shops.",
        "no_good_orders": (
            "{segment} has no order that goes well in the first week, so its trust or habit "
            "cannot be explained: raise `conversion_index`, `conversion` or the qualities."
        ),
        "segment_not_held": (
            "`segment_share` of {segment} cannot be held by any promotion or arrival under these "
            "churn, demotion and growth rates: change its share or the rates."
        ),
        "native_habit_full": "`native_habit` of {segment} must be below {legal}; got {got}.",
        "external_habit_full": "`external_habit_longrun` must be below {legal}; got {got}.",
        "series_not_finite": (
            "`{place}` is no finite number from week {got} on: the numbers of this world are too far "
            "apart."
        ),
        "no_name": "put in your name first.",
        "nameless": "a scenario has a name; the one it had stays.",
        "empty_text": "`{place}` is empty.",
        "not_found": (
            "the library does not have it: it may have been removed, its link revoked, or it is not "
            "shared with you."
        ),
        "read_only": "you may read this, but not change it: save it under another name.",
        "owner_only": "only the owner can do this.",
        "featured": "`{place}` comes with the program and stays as it is: save it under another name.",
        "in_trash": "this is in the trash: recover it first.",
        "not_in_trash": "this is not in the trash: only what is there can be removed for good.",
        "too_soon": "after {legal} days in the trash it can be removed for good; this is day {got}.",
        "library_full": "`{place}` has reached the most that is kept, {legal}: remove some first.",
        "save_id_used": "`save_id` was used before for something else: each save takes its own.",
        "guest": "without a log-in nothing of one's own can be kept here.",
        "round_shown": "the round is revealed: all have seen what was entered, so it stays.",
        "round_over": "the round is revealed: nothing more can be entered.",
        "conflict": (
            "{author} saved version {got} while you worked from version {legal}. Nothing is lost: theirs "
            "is in the library, yours is still on your side. Save yours under another name, or on top "
            "of theirs."
        ),
        "store_gone": "the library cannot be reached. Nothing was changed; try again later.",
        "store_full": "the library has no room left on its disk. Nothing was changed.",
        "store_read_only": "the library can be read but not written to. Nothing was changed.",
        "store_busy": "the library is busy. Nothing was changed; try again.",
        "store_damaged": "the library's database is damaged or not whole. Nothing was changed.",
        "store_newer": (
            "the library was written by a newer version of this program (schema {got}; this one knows "
            "{legal}). Nothing was changed."
        ),
        "save_unknown": (
            "the connection to the library broke while the change was being confirmed: it may be saved "
            "or not. Do the same once more: it will not be saved twice."
        ),
        "no_driver": "`{place}` needs a driver that is not installed: {got}.",
        "bad_address": "`{place}` must be {legal}; got {got}.",
        "not_empty": "the library holds {got} scenarios already; a backup goes only into an empty one.",
        "no_library": "`{place}` is not a library of this program: {got}.",
        "not_whole_library": "not whole in the library: {got}",
        "no_conversion_index": "`conversion_index` must be above 0 for at least one segment who shops.",
    }
)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong: its kind (a key of :data:`SENTENCES`), its place, and the facts."""

    kind: str
    place: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return SENTENCES[self.kind].format(place=self.place, **self.facts)


class ClosedLoopError(Exception):
    """Whatever this project raises on purpose."""


class Refused(ClosedLoopError):
    """What came in cannot be run; ``faults`` says why, each with its place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class TooLarge(Refused):
    """A document over the limits of size, depth or count."""


class UnknownCase(Refused):
    """A case that is not in the catalogue."""


class NotFound(Refused):
    """Not in the library, or nothing that whoever asks is shown: the two are told apart by nobody."""

    def __init__(self, place: str) -> None:
        super().__init__([Fault(kind="not_found", place=place)])


class NotAllowed(Refused):
    """In the library, and whoever asks may read it but not do this with it."""


class Conflict(ClosedLoopError):
    """Somebody else saved in between; ``theirs`` is what they saved, and nothing was overwritten."""

    def __init__(self, theirs: object, fault: Fault) -> None:
        self.theirs = theirs
        self.faults = (fault,)
        super().__init__(str(fault))


class StoreUnavailable(ClosedLoopError):
    """The library's database does not answer, or cannot write; ``faults`` says why.

    What the driver said is in the text of the error, for a terminal and a log. It may name a server or
    a folder, and stands in no sentence that a page shows.
    """

    def __init__(self, fault: Fault) -> None:
        self.faults = (fault,)
        said = fault.facts.get("got")
        super().__init__(
            f"{fault} ({said})" if said and str(said) not in str(fault) else str(fault)
        )


class SaveUnknown(StoreUnavailable):
    """The connection broke while a change was being confirmed: it may have been made or not."""


class Cancelled(ClosedLoopError):
    """Whoever asked for the work does not want it any more, or its time is up."""


class ExecutorLost(ClosedLoopError):
    """An executor broke down half-way; ``finished`` holds what was done until then, in order.

    ``partial`` is what can be said honestly from that, if anything: the answer to a smaller question.
    """

    def __init__(
        self, finished: Iterable[object], reason: str, *, partial: object | None = None
    ) -> None:
        self.finished = tuple(finished)
        self.reason = reason
        self.partial = partial
        super().__init__(f"the executor broke down after {len(self.finished)} blocks: {reason}")


def near_names(name: str, legal: Iterable[str], *, cutoff: float = 0.5) -> dict[str, object]:
    """The facts about names near to one: ``near`` for a sentence, and ``names`` for other languages."""
    near = get_close_matches(name.lower(), tuple(legal), n=3, cutoff=cutoff)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    return {"near": hint, "names": tuple(near)}


def unknown(place: str, name: str, legal: Iterable[str]) -> Fault:
    """The fault for a name that is not known, with the names that are near to it."""
    names = tuple(legal)
    listed = ", ".join(names) if len(names) <= 20 else f"{', '.join(names[:20])}, …"
    return Fault(
        kind="unknown_id",
        place=place,
        facts={"legal": listed, "got": name} | near_names(name, names),
    )
