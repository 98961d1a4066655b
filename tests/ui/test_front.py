"""What is waited for goes before what is computed beside it."""

import threading
import time

from sim.ui.front import Front

PATIENCE = 20.0


def test_work_beside_waits_until_nobody_is_in_front() -> None:
    front = Front()
    passed = threading.Event()

    def beside() -> None:
        front.make_way(PATIENCE)
        passed.set()

    with front.entered():
        with front.entered():
            assert front.count == 1
        thread = threading.Thread(target=beside)
        thread.start()
        assert not passed.wait(0.2)
    assert passed.wait(PATIENCE)
    thread.join()
    assert front.count == 0


def test_it_does_not_wait_for_ever() -> None:
    front = Front()
    with front.entered():
        thread = threading.Thread(target=front.make_way, args=(0.05,))
        thread.start()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_it_waits_some_time_after_the_last_has_left() -> None:
    front = Front()
    with front.entered():
        pass
    left = time.monotonic()
    front.make_way(PATIENCE, rest=0.2)
    assert time.monotonic() - left >= 0.15


def test_who_waits_for_work_beside_does_not_hold_it_up() -> None:
    front = Front()
    with front.entered():
        with front.stepped_back():
            assert front.count == 0
            thread = threading.Thread(target=front.make_way, args=(PATIENCE,))
            thread.start()
            thread.join(PATIENCE)
            assert not thread.is_alive()
        assert front.count == 1
    with front.stepped_back():
        assert front.count == 0
    assert front.count == 0


def test_a_failure_leaves_the_front() -> None:
    front = Front()
    try:
        with front.entered():
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert front.count == 0
