"""A project's settings and rules of its own, and what they make of a document."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.processing.scrubbing.schema import EVENT, LOGS, SPANS
from vedette.processing.scrubbing.settings import Scrubbing, ScrubbingError, make_scrubber

OFF = {"scrub_data": False}


def scrub(document: dict[str, Any], schema: Any = EVENT, **chosen: Any) -> dict[str, Any]:
    make_scrubber(Scrubbing(**chosen)).scrub(document, schema)
    return document


def own(applications: dict[str, list[str]], rules: Any = None, **more: Any) -> dict[str, Any]:
    return {"pii_config": {"applications": applications, "rules": rules or {}, **more}, **OFF}


def test_nothing_is_done_when_nothing_is_chosen() -> None:
    scrubber = make_scrubber(Scrubbing(scrub_data=False))
    event: dict[str, Any] = {"extra": {"password": "x"}}
    assert scrubber.is_idle
    assert not scrubber.scrub(event, EVENT)
    assert event == {"extra": {"password": "x"}}


def test_defaults_can_be_left_out_and_own_fields_stay() -> None:
    event = scrub({"extra": {"password": "x", "ssid": "y"}}, scrub_defaults=False, sensitive_fields=("SSID",))
    assert event["extra"] == {"password": "x", "ssid": "[Filtered]"}
    assert event["_meta"]["extra"]["ssid"][""]["rem"] == [["strip-fields", "s", 0, 10]]


def test_a_sensitive_field_is_text_not_an_expression() -> None:
    assert scrub({"extra": {"axb": "1", "a.b": "2"}}, sensitive_fields=("a.b",))["extra"] == {
        "axb": "1",
        "a.b": "[Filtered]",
    }


def test_a_safe_field_protects_its_own_value_only() -> None:
    event = scrub({"extra": {"auth": {"password": "x"}, "secret": "y"}}, safe_fields=("auth", "Secret"))
    assert event["extra"] == {"auth": {"password": "[Filtered]"}, "secret": "y"}


def test_what_is_no_text_goes_when_its_key_tells_and_booleans_stay() -> None:
    event = scrub(
        {"extra": {"auth": {"a": 1}, "secrets": [1], "token": 5, "is_secret": True, "passwd": None}}
    )
    assert event["extra"] == {"auth": None, "secrets": None, "token": None, "is_secret": True, "passwd": None}
    assert event["_meta"]["extra"]["auth"] == {"": {"rem": [["@password:filter", "x"]]}}


def test_words_that_stand_for_nothing_stay() -> None:
    event = scrub({"extra": {"password": "", "secret": "undefined", "token": "null"}})
    assert event["extra"] == {"password": "", "secret": "undefined", "token": "null"}


@pytest.mark.parametrize(
    "event",
    [
        {"exception": [{"stacktrace": {"frames": [{"vars": {"password": "x"}}]}}]},
        {"exception": {"stacktrace": {"frames": [{"vars": {"password": "x"}}]}}},
        {"sentry.interfaces.Exception": [{"stacktrace": {"frames": [{"vars": {"password": "x"}}]}}]},
        {"threads": {"values": [{"stacktrace": {"frames": [{"vars": [["password", "x"]]}]}}]}},
        {"request": {"headers": {"Authorization": "x"}}},
        {"request": {"headers": [["X-Api-Key", "x"]]}},
        {"request": {"query_string": "token=x&q=1"}},
        {"request": {"cookies": {"sessionid": "x"}}},
        {"request": {"cookies": "a=1; sessionid=x; b=2"}},
        {"request": {"headers": {"Cookie": "sessionid=x"}}},
        {"sentry.interfaces.Http": {"env": {"SECRET": "x"}}},
        {"contexts": {"own": {"api_key": "x"}, "response": {"headers": {"Set-Cookie": "csrf=x; Path=/"}}}},
        {"breadcrumbs": [{"data": {"secret": "x"}}]},
        {"message": "mail x@example.com"},
        {"logentry": {"message": "mail x@example.com"}},
        {"sentry.interfaces.Message": {"message": "mail x@example.com"}},
        {"logentry": {"params": {"password": "x"}}},
        {"spans": [{"data": {"http.request.cookie.sessionid": "x"}}]},
        {"spans": [{"data": {"http.request.header.cookie": "sessionid=x"}}]},
        {"user": {"data": {"password": "x"}, "own": "Bearer x"}},
        {"csp": {"document_uri": "https://u:x@h/"}},
        {"errors": [{"type": "invalid_data", "name": "a", "value": "Bearer x"}]},
        {"template": {"filename": "password=x"}},
        {"extra": {"list": [["password", "x"], ["auth", {"a": "x"}]]}},
    ],
    ids=lambda event: next(iter(event)),
)  # fmt: skip
def test_every_spelling_of_a_field_is_reached(event: dict[str, Any]) -> None:
    def texts(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [text for key, item in value.items() if key != "_meta" for text in texts(item)]
        if isinstance(value, list):
            return [text for item in value for text in texts(item)]
        return [value] if isinstance(value, str) else []

    assert "_meta" in scrub(event)
    rest = " ".join(texts(event)).replace("X-Api-Key", "").replace("example", "")
    assert not any(piece in rest for piece in (" x", "=x", ":x", "x@")), rest
    assert "x" not in texts(event)


def test_what_the_protocol_knows_as_harmless_is_left_alone() -> None:
    event = {
        "transaction": "token=x",
        "tags": {"password": "x"},
        "exception": {"values": [{"value": "password=x", "type": "AuthError"}]},
        "contexts": {"os": {"name": "auth"}, "device": {"name": "secret"}},
        "debug_meta": {"images": [{"code_file": "/secret/x"}]},
        "sdk": {"name": "auth"},
        "modules": {"auth": "1"},
    }
    assert scrub(dict(event)) == event


def test_logs_and_spans_are_scrubbed_by_the_names_of_their_attributes() -> None:
    logs = {
        "items": [
            {
                "body": "mail a@example.com, the password is x",
                "attributes": {
                    "db.password": {"value": "x", "type": "string"},
                    "user.secret": {"value": 5, "type": "integer"},
                    "gen_ai.prompt": {"value": "my password? mail a@example.com", "type": "string"},
                    "plain": "Bearer x",
                },
            }
        ]
    }
    scrub(logs, LOGS)
    assert logs["items"][0] == {
        "body": "mail [email], the password is x",
        "attributes": {
            "db.password": {"value": "[Filtered]", "type": "string"},
            "user.secret": {"value": None, "type": "integer"},
            "gen_ai.prompt": {"value": "my password? mail [email]", "type": "string"},
            "plain": "[Filtered]",
        },
    }
    path = logs["_meta"]["items"]["0"]["attributes"]["db.password"]["value"]  # type: ignore[call-overload]
    assert path[""]["len"] == 1
    spans = scrub(
        {"items": [{"attributes": {"url.full": {"value": "https://u:p@h/", "type": "string"}}}]}, SPANS
    )
    assert spans["items"][0]["attributes"]["url.full"]["value"] == "https://u:[Filtered]@h/"


def test_values_repeated_in_notes_are_scrubbed_as_well() -> None:
    event = scrub(
        {
            "extra": {"password": None},
            "request": {"headers": None},
            "_meta": {
                "extra": {
                    "password": {"": {"val": "x"}},
                    "secret": {"": {"val": 5}},
                    "a": {"": {"val": "fine"}},
                },
                "request": {"headers": {"": {"val": {"Authorization": "x"}}}},
            },
        }
    )
    meta = event["_meta"]
    assert meta["extra"] == {
        "password": {"": {"val": "[Filtered]"}},
        "secret": {"": {}},
        "a": {"": {"val": "fine"}},
    }
    assert meta["request"]["headers"][""]["val"] == {"Authorization": "[Filtered]"}


def test_what_a_client_noted_stays_beside_ones_own_notes() -> None:
    event = scrub(
        {
            "extra": {"password": "[x]"},
            "_meta": {"extra": {"password": {"": {"rem": [["client", "s", 0, 3]], "len": 9}}}},
        }
    )
    assert event["_meta"]["extra"]["password"][""] == {
        "rem": [["client", "s", 0, 3], ["@password:filter", "s", 0, 10]],
        "len": 9,
    }


def test_the_file_name_of_a_path_stays() -> None:
    event = {
        "exception": [{"stacktrace": {"frames": [{"abs_path": "/home/bob/bob.py", "filename": "bob.py"}]}}]
    }
    scrub(event, **own({"$frame.abs_path": ["@anything"], "$frame.filename": ["@anything"]}))
    frame = event["exception"][0]["stacktrace"]["frames"][0]  # type: ignore[index]
    assert frame == {"abs_path": "[Filtered]bob.py", "filename": "bob.py"}


def test_an_index_means_one_entry() -> None:
    event = scrub({"extra": {"l": ["a", "b"]}}, **own({"extra.l.1": ["@anything"]}))
    assert event["extra"]["l"] == ["a", "[Filtered]"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"type": "pattern", "pattern": "b(c)", "redaction": {"method": "replace", "text": "-"}}, "a-d"),
        (
            {"type": "pattern", "pattern": "b(c)", "replaceGroups": [1], "redaction": {"method": "mask"}},
            "ab*d",
        ),
        ({"type": "pattern", "pattern": "b", "redaction": {"method": "remove"}}, "acd"),
        ({"type": "pattern", "pattern": "b"}, "acd"),
        ({"type": "redact_pair", "keyPattern": "^k$", "redaction": {"text": "-"}}, "-"),
        ({"type": "redact_pair", "keyPattern": "^other$", "redaction": {"text": "-"}}, "abcd"),
        ({"type": "redact_pair", "keyPattern": "bc", "redaction": {"text": "-"}}, "-"),
        ({"type": "anything", "redaction": {"method": "remove"}}, None),
        ({"type": "alias", "rule": "@anything:mask"}, "****"),
        ({"type": "multiple", "rules": ["other", "@email"]}, "+bcd"),
        ({"type": "anything", "redaction": {"method": "hash"}}, "9A65A4E4B4EDA6E6D47D3D3C3C4C8AE09C1A64F0"),
    ],
)
def test_a_rule_of_ones_own(rule: dict[str, Any], expected: str | None) -> None:
    other = {"type": "pattern", "pattern": "a", "redaction": {"text": "+"}}
    event = scrub({"extra": {"k": "abcd"}}, **own({"extra.k": ["mine"]}, {"mine": rule, "other": other}))
    if rule.get("redaction") == {"method": "hash"}:
        assert len(event["extra"]["k"]) == 40
    else:
        assert event["extra"]["k"] == expected


def test_a_key_for_hashes_changes_them() -> None:
    plain = scrub({"extra": {"k": "1.2.3.4"}}, **own({"extra.k": ["@ip:hash"]}))
    assert plain["extra"]["k"] == "452CBFAF73237C28A6BA00DA112DAD057C3E86D8"
    rules = {"mine": {"type": "ip", "redaction": {"method": "hash"}}}
    keyed = scrub(
        {"extra": {"k": "1.2.3.4"}}, **own({"extra.k": ["mine"]}, rules, vars={"hashKey": "pepper"})
    )
    assert keyed["extra"]["k"] not in ("1.2.3.4", plain["extra"]["k"])


@pytest.mark.parametrize(
    ("applications", "rules", "why"),
    [
        ({"a..b": ["@ip"]}, {}, "selector 'a..b': invalid syntax"),
        ({"a": ["@nothing"]}, {}, "there is no rule '@nothing'"),
        ({"a": "@ip"}, {}, "expected a list of rule names"),
        ({}, {"r": 5}, "rule 'r': expected an object"),
        ({}, {"r": {"type": "x"}}, "rule 'r': unknown type 'x'"),
        ({}, {"r": {"type": "pattern", "pattern": "(a+)+"}}, "rule 'r': a repeat in a repeat"),
        ({}, {"r": {"type": "pattern", "pattern": "a", "replaceGroups": [1]}}, "replaceGroups"),
        ({}, {"r": {"type": "alias", "rule": "r"}}, "leads back to itself"),
        ({}, {"r": {"type": "multiple", "rules": 1}}, "expected a list of rules"),
        ({}, {"r": {"type": "ip", "redaction": {"method": "burn"}}}, "unknown method 'burn'"),
        ({}, {"r": {"type": "ip", "redaction": 1}}, "redaction must be an object"),
        ({}, {"r": {"type": "ip", "redaction": {"text": "x" * 1001}}}, "at most 1,000"),
        ([], {}, "must be objects"),
        ({}, {str(n): {"type": "ip"} for n in range(201)}, "more than 200"),
        ({}, {"r": {"type": "multiple", "rules": ["s"] * 200},
              "s": {"type": "multiple", "rules": ["@ip"] * 200}}, "more than 200"),
    ],
)  # fmt: skip
def test_rules_that_cannot_be_used_are_refused_when_set(applications: Any, rules: Any, why: str) -> None:
    with pytest.raises(ScrubbingError, match=why):
        make_scrubber(Scrubbing(pii_config={"applications": applications, "rules": rules}))


def test_places_are_forgotten_before_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vedette.processing.scrubbing.scrubber.MOST_PLACES", 100)
    scrubber = make_scrubber(Scrubbing())
    for n in range(50):
        event: dict[str, Any] = {"extra": {f"{n}-{m}": "x" for m in range(20)} | {"password": "x"}}
        assert scrubber.scrub(event, EVENT)
        assert event["extra"]["password"] == "[Filtered]"
        assert scrubber._places < 200


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("ab@.:/-=1 \x00é", max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["values", "value", "password", "", "exception", "frames", "_meta", "val", "rem", "0"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*EVENT.fields, "_meta", "other"]), JSON))
def test_any_document_can_be_scrubbed(event: dict[str, Any]) -> None:
    config = {"applications": {"**": ["@common"], "$error.value": ["@anything:remove"], "extra.0": ["@ip"]}}
    scrubber = make_scrubber(Scrubbing(scrub_ip_addresses=True, pii_config=config))
    scrubber.scrub(event, EVENT)
    if isinstance(event.get("extra"), dict):
        assert event["extra"].get("password") is None or isinstance(event["extra"]["password"], bool | str)
