"""Documents and people to test with."""

from typing import Final

from sim.store.people import Person
from sim.store.records import Draft

ANNA: Final = Person(id="anna@shop.example")
BEN: Final = Person(id="ben@shop.example")
CLEO: Final = Person(id="cleo@shop.example")


def document(name: str = "Later", diversion: float = 0.75) -> str:
    return (
        f'format = 1\nname = "{name}"\ncase = "kuaishou-2021"\n\n[world]\ndiversion = {diversion}\n'
    )


def draft(name: str = "Later", diversion: float = 0.75, note: str = "") -> Draft:
    return Draft(document=document(name, diversion), note=note)
