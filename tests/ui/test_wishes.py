"""Work that follows changes: the latest of each visitor, in turn."""

import threading

from sim.errors import Cancelled
from sim.ui.wishes import Wish, Wishes

PATIENCE = 20.0


class Held:
    """Work that waits until it may go on, and notes what it has done."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.begun, self.go = threading.Event(), threading.Event()

    def work(self, wish: Wish[str]) -> None:
        self.begun.set()
        assert self.go.wait(PATIENCE)
        if wish.dropped.is_set():
            raise Cancelled
        self.done.append(wish.wanted)


def test_a_wish_that_is_dropped_is_not_done_and_another_one_is() -> None:
    held = Held()
    wishes = Wishes(held.work)
    running = wishes.want("a", "a1")
    assert held.begun.wait(PATIENCE)
    waiting = wishes.want("b", "b1")
    told = threading.Event()
    waiting.when_ended(told.set)
    wishes.drop("b", waiting)
    assert told.is_set()
    later = wishes.want("b", "b2")
    wishes.drop("b", waiting)
    wishes.drop("a", running)
    held.go.set()
    assert later.ended.wait(PATIENCE)
    assert held.done == ["b2"]
    already = threading.Event()
    later.when_ended(already.set)
    assert already.is_set()


def test_only_the_latest_wish_of_a_visitor_is_done_and_everybody_has_a_turn() -> None:
    held = Held()
    wishes = Wishes(held.work)
    first = wishes.want("a", "a1")
    assert first.alone
    assert held.begun.wait(PATIENCE)
    assert wishes.want("a", "a1") is first
    assert wishes.want("a", "a2").alone
    dropped = wishes.want("b", "b1")
    assert not dropped.alone
    assert wishes.want("b", "b1") is dropped
    latest = wishes.want("b", "b2")
    assert dropped.ended.is_set()
    assert not latest.ended.is_set()
    last = wishes.want("a", "a3")
    held.go.set()
    assert latest.ended.wait(PATIENCE)
    assert last.ended.wait(PATIENCE)
    assert held.done == ["a3", "b2"]
    assert first.ended.is_set()
    assert first.dropped.is_set()
    assert first.error is None
    assert wishes.want("c", "c1").alone


def test_who_wants_what_another_one_wants_is_alone() -> None:
    held = Held()
    wishes = Wishes(held.work)
    wishes.want("a", "same")
    assert held.begun.wait(PATIENCE)
    assert wishes.want("b", "same").alone
    assert not wishes.want("c", "other").alone
    assert not wishes.want("d", "same").alone
    held.go.set()


def test_what_goes_wrong_is_told_and_the_next_is_done() -> None:
    def work(wish: Wish[int]) -> None:
        if wish.wanted == 0:
            raise ZeroDivisionError

    wishes: Wishes[int] = Wishes(work)
    wrong = wishes.want("a", 0)
    assert wrong.ended.wait(PATIENCE)
    assert isinstance(wrong.error, ZeroDivisionError)
    right = wishes.want("a", 1)
    assert right.ended.wait(PATIENCE)
    assert right.error is None
