"""Saved views through the API, as the window saves them."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from vedette.api.saved_views import View
from vedette.api.schema import faults
from vedette.desktop.shell.query_bar.draft import Off
from vedette.desktop.shell.scope import Scope
from vedette.desktop.shell.views.read import count_view, read_views
from vedette.desktop.shell.views.view import PATH, Looked, body_of
from vedette.domain.times import HOUR, SECOND, Micros
from vedette.store.engine import Reader

from .conftest import Desk

Http = TestClient[Any, Any]
URL = f"/api/0{PATH}"
NOON = Micros(1_764_000_000 * SECOND)


async def save(http: Http, name: str, looked: Looked) -> dict[str, Any]:
    answer = await http.post(URL, json={**body_of(looked), "name": name})
    assert answer.status == 201
    found: dict[str, Any] = await answer.json()
    return found


def kept(desk: Desk) -> dict[str, Looked]:
    reader = Reader(desk.workspace.database)
    try:
        return {view.name: view.looked for view in read_views(reader.db)}
    finally:
        reader.close()


@pytest.mark.parametrize(
    "looked",
    [
        Looked(),
        Looked("is:new level:error", (Off(1, "zone:a b"),), sort="users", columns=("trend", "last")),
        Looked(scope=Scope(projects=(1, 3), environments=("qa",), span=24 * HOUR)),
        Looked(scope=Scope(since=NOON, until=Micros(NOON + HOUR))),
    ],
)
async def test_the_window_finds_again_what_it_saved(desk: Desk, http: Http, looked: Looked) -> None:
    view = await save(http, "Mine", looked)
    assert list(faults(view, View)) == []
    assert kept(desk) == {"Mine": looked}


async def test_a_view_is_changed_as_a_whole_renamed_moved_and_deleted(desk: Desk, http: Http) -> None:
    first = await save(http, "A", Looked("level:error", (Off(0, "x"),)))
    await save(http, "B", Looked("level:warning"))
    url = f"{URL}{first['id']}/"
    assert (await http.put(url, json={"name": "C"})).status == 200
    assert kept(desk) == {"C": Looked("level:error", (Off(0, "x"),)), "B": Looked("level:warning")}
    changed = await (await http.put(url, json=body_of(Looked("level:fatal")))).json()
    assert (changed["query"], changed["switchedOff"]) == ("level:fatal", [])
    await http.put(url, json={"position": 1})
    assert list(kept(desk)) == ["B", "C"]
    assert (await http.delete(url)).status == 204
    assert list(kept(desk)) == ["B"]


async def test_a_view_is_counted_in_its_own_scope(desk: Desk, http: Http) -> None:
    desk.error("ValueError: boom")
    desk.error("KeyError: other", environment="qa")
    reader = Reader(desk.workspace.database)
    try:
        counts = [
            count_view(reader.db, looked)
            for looked in (
                Looked("is:unresolved"),
                Looked("is:unresolved", scope=Scope(environments=("qa",))),
                Looked("is:unresolved", scope=Scope(projects=(99,))),
                Looked("is:nonsense"),
            )
        ]
    finally:
        reader.close()
    assert [None if found is None else found.n for found in counts] == [2, 1, 0, None]
