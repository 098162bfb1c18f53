"""The form of containers, their attributes, and what may be inferred."""

from typing import Any

import orjson
import pytest

from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.processing import containers
from vedette.processing.containers import (
    Container,
    attribute_text,
    inferred_attributes,
    read_container,
    stored_entries,
    trace_text,
    typed_attributes,
)

CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
)


def read(document: Any, **how: Any) -> Container:
    return read_container(orjson.dumps(document), Reason.BAD_LOG, "log", **how)


@pytest.mark.parametrize(
    ("document", "address", "agent"),
    [
        ({"version": 2, "ingest_settings": {"infer_ip": "auto", "infer_user_agent": "auto"}}, True, True),
        ({"version": 2, "ingest_settings": {"infer_ip": "never", "infer_user_agent": "auto"}}, False, True),
        ({"version": 2}, False, False),
        ({"version": 0, "ingest_settings": {"infer_ip": "auto", "infer_user_agent": "auto"}}, False, False),
        ({"ingest_settings": 7}, False, False),
        ({"ingest_settings": {"infer_ip": "auto"}}, True, False),
    ],
)
def test_settings_say_what_may_be_inferred(document: Any, address: bool, agent: bool) -> None:
    found = read(document | {"items": []})
    assert (found.infers_address, found.infers_user_agent) == (address, agent)


@pytest.mark.parametrize("version", [None, 1])
def test_old_containers_have_only_the_user_agent_inferred(version: Any) -> None:
    document = {"version": version, "ingest_settings": {"infer_ip": "auto"}, "items": []}
    found = read(document, old_infers_agent=True)
    assert (found.infers_address, found.infers_user_agent) == (False, True)


def test_what_is_no_container_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MOST_ITEMS", 2)
    for document in ({}, {"items": {}}, {"items": None}, {"items": [1, 2, 3]}, [], 7):
        with pytest.raises(IngestError) as caught:
            read(document)
        assert caught.value.reason is Reason.BAD_LOG
    with pytest.raises(IngestError) as caught:
        read_container(b'{"items": [', Reason.BAD_LOG, "log")
    assert (caught.value.reason, caught.value.offset) == (Reason.BAD_JSON, 11)


def test_browser_and_address_are_inferred_where_allowed() -> None:
    arrival = Arrival(received=1, client_ip="10.0.0.7", user_agent=CHROME)
    all_of_it = Container([], infers_address=True, infers_user_agent=True)
    assert inferred_attributes(all_of_it, arrival) == (
        ("browser.name", "Chrome"), ("browser.version", "156.0.0"), ("user.ip_address", "10.0.0.7"),
    )  # fmt: skip
    assert inferred_attributes(Container([]), arrival) == ()
    # A server's SDK names itself there.
    server = Arrival(received=1, user_agent="curl/8.0")
    assert inferred_attributes(all_of_it, server) == ()
    assert inferred_attributes(all_of_it, Arrival(received=1)) == ()


def test_texts_are_found_under_the_first_name_that_has_one() -> None:
    attributes = {"a": {"value": 7}, "b": "x", "c": {"value": ""}, "d": {"value": "y" * 300}}
    assert attribute_text(attributes, "a", "b", "c", "d") == "y" * 200
    assert attribute_text(attributes, "a") is None
    assert trace_text(Arrival(received=1, trace={"release": "r", "environment": 7}), "release") == "r"
    assert trace_text(Arrival(received=1, trace={"environment": 7}), "environment") is None
    assert trace_text(Arrival(received=1), "release") is None


@pytest.mark.parametrize(
    ("value", "kind", "kept"),
    [
        ("x", "string", True),
        (7, "string", False),
        (True, "boolean", True),
        (1, "boolean", False),
        (7, "integer", True),
        (True, "integer", False),
        (1 << 63, "integer", False),
        (7, "double", True),
        (0.5, "double", True),
        ("0.5", "double", False),
        (["a", "b"], "array", True),
        ([], "array", True),
        (["a", 7], "array", False),
        ([["a"]], "array", False),
    ],
)
def test_an_attribute_of_another_type_than_it_says_has_no_value(value: Any, kind: str, kept: bool) -> None:
    found = typed_attributes({"k": {"value": value, "type": kind, "unit": "byte"}})["k"]
    assert (found.value, found.type, found.unit) == (value if kept else None, kind, "byte")


def test_attributes_of_unknown_type_are_none() -> None:
    sent = {"a": {"value": 1, "type": "blob"}, "b": 7, "c": {"value": 1}, "d": {"value": 1, "type": []}}
    assert typed_attributes(sent) == {}
    assert typed_attributes([]) == {}


def test_stored_entries_are_found_by_their_place() -> None:
    assert stored_entries(b'{"items": [1, {"a": 2}]}') == [1, {"a": 2}]
    for damaged in (b"", b"[]", b"{}", b'{"items": 7}'):
        assert stored_entries(damaged) == []
