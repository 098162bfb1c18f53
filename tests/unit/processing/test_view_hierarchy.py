"""View hierarchies: counted when they are some, told when not."""

from contextlib import suppress
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.outcomes import IngestError, Reason
from vedette.processing.view_hierarchy import count_views


def nested(depth: int) -> dict[str, Any]:
    view: dict[str, Any] = {"type": "View"}
    for _ in range(depth):
        view = {"children": [view]}
    return {"windows": [view]}


def test_views_are_counted_with_their_children() -> None:
    assert count_views(b'{"windows":[{"type":"W","children":[{"type":"A"},{"children":null}]}]}') == 3
    assert count_views(b'{"windows":[]}') == 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"windows":{}}',
        b'{"windows":[1]}',
        b'{"windows":[{"children":{"a":1}}]}',
        orjson.dumps(nested(120))[:-4],
        orjson.dumps({"windows": [{}] * 100_001}),
    ],
)
def test_what_is_no_hierarchy_is_refused(data: bytes) -> None:
    with pytest.raises(IngestError) as caught:
        count_views(data)
    assert caught.value.reason is Reason.BAD_VIEW_HIERARCHY


@settings(derandomize=True, max_examples=100, deadline=None)
@given(
    windows=st.recursive(
        st.none() | st.integers(-9, 9) | st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("children"), inner),
        max_leaves=20,
    )
)
def test_any_json_raises_nothing_but_an_ingest_error(windows: Any) -> None:
    with suppress(IngestError):
        count_views(orjson.dumps({"windows": windows}))
