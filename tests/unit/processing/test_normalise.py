from typing import Any

import pytest

from vedette.domain.processed import Arrival
from vedette.processing.normalise import normalise_event


def normal(**event: Any) -> dict[str, Any]:
    return normalise_event(event, Arrival(received=1))


@pytest.mark.parametrize(
    ("legacy", "name", "value"),
    [
        ("sentry.interfaces.Http", "request", {"method": "GET"}),
        ("sentry.interfaces.User", "user", {"id": "1", "sentry_user": "id:1"}),
        ("sentry.interfaces.Breadcrumbs", "breadcrumbs", {"values": []}),
        ("sentry.interfaces.Template", "template", {"filename": "a.html"}),
        ("sentry.interfaces.Csp", "csp", {"blocked_uri": "x"}),
        ("sentry.interfaces.Stacktrace", "stacktrace", {"frames": [{"lineno": 1}]}),
    ],
)
def test_legacy_interfaces_take_their_current_names(legacy: str, name: str, value: Any) -> None:
    event = normal(**{legacy: value})
    assert event[name] == value
    assert legacy not in event


def test_a_current_name_wins_over_a_legacy_one() -> None:
    assert normal(user={"id": "1"}, **{"sentry.interfaces.User": {"id": "2"}})["user"]["id"] == "1"


def test_an_unknown_legacy_interface_is_removed() -> None:
    assert "sentry.interfaces.Query" not in normal(**{"sentry.interfaces.Query": {"query": "x"}})


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        ({"exception": {"type": "A"}}, "error"),
        ({"type": "error"}, "default"),
        ({"type": "default", "exception": {"type": "A"}}, "error"),
        ({"csp": {"blocked_uri": "x"}}, "csp"),
        ({"type": "feedback"}, "feedback"),
        ({"type": "hpkp"}, "default"),
        ({"type": 5}, "default"),
    ],
)
def test_the_type_is_what_the_event_holds(sent: dict[str, Any], kind: str) -> None:
    assert normal(**sent)["type"] == kind


def test_faults_are_listed_in_the_order_of_the_fields_and_kept_in_place() -> None:
    event = normal(sdk=5, level="x", request="y", tags=5)
    assert [error["name"] for error in event["errors"]] == ["level", "request", "tags", "sdk"]
    assert event["_meta"]["level"][""] == {"err": [["invalid_data", {"reason": "invalid level"}]], "val": "x"}


def test_sent_faults_and_remarks_stay() -> None:
    event = normal(errors=[{"type": "js_too_large"}, 5], _meta={"extra": {"a": {"": {"len": 9}}}}, level="x")
    assert [error["type"] for error in event["errors"]] == ["js_too_large", "invalid_data"]
    assert event["_meta"]["extra"] == {"a": {"": {"len": 9}}}


def test_a_large_broken_value_is_named_but_not_repeated() -> None:
    event = normal(user="x" * 501)
    assert event["errors"] == [{"type": "invalid_data", "name": "user", "reason": "expected user"}]


def test_unknown_fields_stay() -> None:
    assert normal(brand_new={"a": 1})["brand_new"] == {"a": 1}


def test_nothing_is_trimmed() -> None:
    event = normal(message="m" * 20_000, extra={"k": "v" * 100_000})
    assert len(event["logentry"]["formatted"]) == 20_000
    assert len(event["extra"]["k"]) == 100_000


@pytest.mark.parametrize(
    ("logger", "platform", "expected"),
    [
        ("short.Logger", "java", "short.Logger"),
        ("x" * 80, "java", "x" * 80),
        ("a." * 40 + "Logger", "python", "a." * 40 + "Logger"),
        ("package." * 10 + "Logger", "java", "*." + "package." * 7 + "Logger"),
    ],
)
def test_a_long_java_logger_loses_leading_packages(logger: str, platform: str, expected: str) -> None:
    assert normal(logger=logger, platform=platform)["logger"] == expected


@pytest.mark.parametrize(
    ("meta", "system", "name"),
    [
        ({"signal": {"number": 10}}, "Linux", "SIGUSR1"),
        ({"signal": {"number": 10}}, "iOS", "SIGBUS"),
        ({"mach_exception": {"exception": 1}}, "macOS", "EXC_BAD_ACCESS"),
        ({"errno": {"number": 2}}, "Linux", "ENOENT"),
        ({"errno": {"number": 11}}, "Linux", "EAGAIN"),
        ({"errno": {"number": 11}}, "macOS", "EDEADLK"),
        ({"errno": {"number": 2, "name": "MINE"}}, "Linux", "MINE"),
    ],
)
def test_system_numbers_are_named_by_their_system(meta: dict[str, Any], system: str, name: str) -> None:
    exception = {"type": "A", "mechanism": {"type": "m", "meta": meta}}
    event = normal(exception=exception, contexts={"os": {"name": system}})
    (found,) = event["exception"]["values"][0]["mechanism"]["meta"].values()
    assert found["name"] == name


@pytest.mark.parametrize(
    ("sdk", "more", "expected"),
    [
        ({"name": "sentry.python", "integrations": ["django"]}, {"tags": {"http.status_code": 404}}, "/u/*"),
        ({"name": "sentry.python", "integrations": ["django"]}, {}, "/u/123"),
        (
            {"name": "sentry.javascript.node", "integrations": ["Express"]},
            {"request": {"method": "options"}},
            "/u/*",
        ),
        ({"name": "sentry.ruby"}, {"modules": {"rack": "2"}, "status": "not_found"}, "/u/*"),
        ({"name": "sentry.ruby"}, {"modules": {"rack": "2"}, "status": "ok"}, "/u/123"),
        ({}, {}, "/u/123"),
    ],
)
def test_a_name_without_source_is_cleaned_only_where_it_is_a_raw_url(
    sdk: dict[str, Any], more: dict[str, Any], expected: str
) -> None:
    trace = {"trace_id": "a" * 32, "span_id": "b" * 16, "status": more.get("status", "ok")}
    sent = {
        "type": "transaction",
        "transaction": "/u/123",
        "start_timestamp": 1,
        "timestamp": 2,
        "sdk": sdk,
        **more,
    }
    event = normalise_event(sent | {"contexts": {"trace": trace}}, Arrival(received=10_000_000))
    assert event["transaction"] == expected
    if expected != "/u/123":
        assert event["_meta"]["transaction"][""]["val"] == "/u/123"


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("/a/12/b/7", "/a/*/b/7"),
        ("/a/d41d8cd98f00b204e9800998ecf8427e", "/a/*"),
        ("/a/0xff", "/a/*"),
        ("/a/v2", "/a/v2"),
        ("/a/2024-01-02T10:00:00Z", "/a/*"),
    ],
)
def test_ids_in_a_url_become_stars(name: str, cleaned: str) -> None:
    sent = {
        "type": "transaction",
        "transaction": name,
        "transaction_info": {"source": "url"},
        "start_timestamp": 1,
        "timestamp": 2,
        "contexts": {"trace": {"trace_id": "a" * 32, "span_id": "b" * 16}},
    }
    assert normalise_event(sent, Arrival(received=10_000_000))["transaction"] == cleaned


def test_debug_images_keep_their_places_and_take_current_names() -> None:
    images = [
        {"type": "foo"},
        {"type": "elf", "id": "d", "name": "/lib/x", "image_addr": 4096},
        5,
        {"type": "sourcemap"},
    ]
    event = normal(debug_meta={"images": images})
    assert event["debug_meta"]["images"] == [
        None,
        {"type": "elf", "debug_id": "d", "code_file": "/lib/x", "image_addr": "0x1000"},
        None,
        {"type": "sourcemap"},
    ]
