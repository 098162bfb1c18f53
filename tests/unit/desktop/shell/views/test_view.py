from hypothesis import given, settings

from tests.support.any_json import ANY_JSON
from vedette.desktop.shell.query_bar.draft import Off
from vedette.desktop.shell.scope import Scope
from vedette.desktop.shell.views.view import Looked, body_of, default_views, read_view
from vedette.domain.times import HOUR, SECOND, Micros

NOON = Micros(1_764_000_000 * SECOND)


def kept(looked: Looked) -> Looked:
    """Return *looked* as it comes back from what the station keeps of it."""
    body = body_of(looked)
    times = body["timeFilters"]
    assert isinstance(times, dict)
    names = {"query": "query", "off": "switchedOff", "sort": "querySort", "columns": "columns"}
    found = {own: body[name] for own, name in names.items()}
    found |= {name: body[name] for name in ("projects", "environments", "dataset")} | times
    return read_view(1, "x", found).looked


def test_a_view_comes_back_as_it_was_saved() -> None:
    for looked in (
        Looked(),
        Looked(
            "is:new level:error", (Off(1, "zone:a b"), Off(0, "x")), sort="users", columns=("trend", "last")
        ),
        Looked(scope=Scope(projects=(2, 3), environments=("qa",), span=24 * HOUR)),
        Looked(scope=Scope(since=NOON, until=Micros(NOON + HOUR))),
    ):
        assert kept(looked) == looked


def test_views_are_alike_by_their_terms_and_scope_and_by_what_both_say() -> None:
    one = Looked("is:new  level:error", sort="last")
    assert one.is_like(Looked("is:new level:error"))
    assert one.is_like(Looked("is:new AND level:error", sort="last", columns=("trend",)))
    assert not one.is_like(Looked("is:new level:error", sort="users"))
    assert not one.is_like(Looked("is:new level:error", (Off(0, "x"),)))
    assert not one.is_like(Looked("is:new level:error", scope=Scope(projects=(1,))))
    assert one.is_like(Looked("is:new level:error", scope=Scope(run=4))), "runs pass"


def test_views_that_are_always_there_can_be_left_out() -> None:
    assert [view.id for view in default_views()] == ["unresolved", "new", "regressed", "archived", "starred"]
    assert [view.id for view in default_views(["new", "starred"])] == ["unresolved", "regressed", "archived"]
    assert not default_views()[0].is_own


@settings(derandomize=True, max_examples=60)
@given(ANY_JSON)
def test_whatever_is_kept_is_read_as_a_view(value: object) -> None:
    names = ("query", "off", "sort", "columns", "projects", "environments", "period", "start", "end")
    view = read_view(7, "n", dict.fromkeys(names, value))  # type: ignore[arg-type]
    assert view.is_own
    body_of(view.looked)
