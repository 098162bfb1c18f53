from vedette.desktop.shell.scope import Scope
from vedette.domain.times import HOUR, Micros


def test_a_span_ends_now_and_is_open_towards_what_comes() -> None:
    assert Scope(span=HOUR).bounds(Micros(5 * HOUR)) == (4 * HOUR, None)


def test_a_stretch_of_time_is_what_it_says() -> None:
    scope = Scope(since=Micros(3), until=Micros(9))

    assert scope.bounds(Micros(5 * HOUR)) == (3, 9)


def test_an_empty_scope_has_no_bounds() -> None:
    assert Scope().bounds(Micros(1)) == (None, None)
