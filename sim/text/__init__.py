"""Words by key, one set a language; the files beside this one hold them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import Final

from sim.errors import Fault

LANGUAGES: Final = ("zh", "en")


@dataclass(frozen=True, kw_only=True, eq=False)
class Words:
    """The words of one language. Compared and hashed by identity: there is one a language."""

    language: str
    entries: Mapping[str, str] = field(repr=False)

    def __call__(self, key: str, /, **facts: object) -> str:
        """The text under ``key`` with its ``{placeholders}`` filled.

        Raises
        ------
        KeyError
            Naming the key that is missing, or the placeholder that was given no value.
        """
        if key not in self.entries:
            raise KeyError(f"no {self.language} words for {key!r}")
        template = self.entries[key]
        if "{" not in template:
            return template
        try:
            return template.format_map(facts)
        except KeyError as missing:
            name = missing.args[0]
            raise KeyError(f"{self.language} words for {key!r} take {name!r}") from None

    def __contains__(self, key: object) -> bool:
        return key in self.entries

    def placeholders(self, key: str) -> frozenset[str]:
        """The names of the placeholders in the text under ``key``."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.entries[key]) if name)

    def fault(self, fault: Fault) -> str:
        """What is wrong, in this language; in English where no sentence is written for it."""
        key = f"fault.{fault.kind}"
        if key not in self.entries:
            return str(fault)
        facts = {name: self._fact(name, fault) for name in fault.facts}
        try:
            return self(key, place=fault.place, **facts)
        except KeyError:
            # A sentence that asks for a fact this fault has not: better English than no reason.
            return str(fault)

    def complaint(self, fault: Fault) -> str:
        """What is wrong as a sentence that stands alone."""
        said = self.fault(fault)
        return said[:1].upper() + said[1:]

    def _fact(self, name: str, fault: Fault) -> object:
        """A fact of a fault in this language, where it is a name or a hint rather than a number."""
        fact = fault.facts[name]
        if name == "near":
            near = fault.facts.get("names")
            listed = self("ui.comma").join(near) if isinstance(near, tuple) else ""
            return self("fault_fact.near", names=listed) if listed else ""
        own = "fault_fact.share" if (name, fact) == ("unit", "share") else f"{name}.{fact}"
        return self.entries.get(own, fact)


@cache
def words_of(language: str) -> Words:
    """The words of a language: ``<language>.toml`` and every ``*.<language>.toml``, merged.

    Raises
    ------
    ValueError
        If there is no such language, or two files say the same key.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no words in {language!r}; there are {', '.join(LANGUAGES)}")
    entries: dict[str, str] = {}
    for name in _files_of(language):
        found = tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
        twice = sorted(entries.keys() & found.keys())
        if twice:
            raise ValueError(f"{name} says again what another file says: {', '.join(twice)}")
        entries.update(found)
    return Words(language=language, entries=MappingProxyType(entries))


def _files_of(language: str) -> list[str]:
    names = [entry.name for entry in files(__package__).iterdir()]
    ends = (f".{language}.toml",)
    return sorted(name for name in names if name == f"{language}.toml" or name.endswith(ends))
