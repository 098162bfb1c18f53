"""Threads in the order a reader looks."""

from typing import Any

from vedette.desktop.issue.stack.threads import thread_choices


def thread(number: int, name: str = "", function: str = "wait", **more: Any) -> dict[str, Any]:
    frames = [{"function": function, "filename": "t.py", "lineno": 1}]
    return {"id": number, "name": name or None, "stacktrace": {"frames": frames}, **more}


def titles(*threads: dict[str, Any] | None) -> list[str]:
    event = {"platform": "python", "threads": {"values": list(threads)}}
    return [choice.text for choice in thread_choices(event)]


def test_crashed_comes_first_then_current_then_by_name() -> None:
    found = titles(
        thread(1, "worker", "a"),
        thread(2, "main", "b", main=True),
        thread(3, "pool", "c", crashed=True),
        thread(4, "io", "d", current=True),
    )
    assert found == ["pool (crashed)", "io (current)", "main", "worker"]


def test_threads_that_stand_at_the_same_place_are_one_choice() -> None:
    found = titles(thread(1, "p1", state="WAITING"), thread(2, "p2"), thread(3, "p3"), thread(4, "x", "run"))
    assert found == ["p1 (waiting)  × 3", "x"]


def test_a_crashed_thread_is_never_folded_away() -> None:
    assert titles(thread(1, "a"), thread(2, "b", crashed=True)) == ["b (crashed)", "a"]


def test_threads_without_name_or_stack_are_still_listed() -> None:
    assert titles({"id": 7}, None, {"id": 8}) == ["Thread 7", "Thread 8"]
    assert thread_choices({}) == ()


def test_states_are_said_in_words() -> None:
    states = ("TIMED_WAITING", "Timed-Waiting", "RUNNABLE", "odd_one")
    found = titles(*(thread(n, f"t{n}", f"f{n}", state=state) for n, state in enumerate(states)))
    assert found == ["t0 (waiting for a time)", "t1 (waiting for a time)", "t2 (running)", "t3 (odd one)"]
    assert titles(thread(1, "a", held_locks={"0x1": {}, "0x2": {}})) == ["a (2 locks)"]
