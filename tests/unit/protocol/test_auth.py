"""Credentials from every place a client may put them."""

from base64 import b64encode
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.auth import Auth, auth_from_dsn, client_address, read_auth

KEY = "c0ffee00c0ffee00c0ffee00c0ffee00"
FULL = f"Sentry sentry_key={KEY}, sentry_version=7, sentry_client=raven-js/3.27.2, sentry_secret=s"


def basic(text: str) -> str:
    return "Basic " + b64encode(text.encode()).decode()


@pytest.mark.parametrize("header", ["x-sentry-auth", "authorization"])
def test_both_headers_take_the_sentry_form(header: str) -> None:
    assert read_auth({header: FULL}, []) == Auth(KEY, 7, "raven-js/3.27.2", header)


@pytest.mark.parametrize(
    "text",
    [
        f"sentry sentry_key={KEY}",
        f"SENTRY\tsentry_key = {KEY} ",
        f"Sentry sentry_key={KEY},",
        f"Sentry colour=blue,sentry_timestamp=1.5,sentry_key={KEY},sentry_version=7",
        f"Sentry  Sentry_Key={KEY}, sentry_version=",
        f"  Sentry sentry_key={KEY}.no-cache",
    ],
)
def test_the_grammar_is_forgiving_about_case_blanks_and_unknown_keys(text: str) -> None:
    auth = read_auth({"x-sentry-auth": text}, [])
    assert auth is not None
    assert (auth.public_key, auth.version, auth.client) == (KEY, 7, "")


@pytest.mark.parametrize("user", [f"{KEY}:", KEY, f"{KEY}:old-secret"])
def test_basic_authorization_has_the_key_as_user(user: str) -> None:
    assert read_auth({"authorization": basic(user)}, []) == Auth(KEY, 7, "", "basic")


def test_the_query_is_a_source() -> None:
    query = [("sentry_version", "7"), ("sentry_client", "a/1"), ("sentry_key", KEY), ("page", "2")]
    assert read_auth({}, query) == Auth(KEY, 7, "a/1", "query")


def test_the_path_is_a_source() -> None:
    assert read_auth({}, [("status", "ok")], KEY) == Auth(KEY, 7, "", "path")


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({}, []),
        ({"authorization": "Bearer abc"}, [("page", "1")]),
        ({"x-sentry-auth": "  "}, []),
        ({}, [("sentry_release", "1.0"), ("sentry_environment", "qa"), ("sentry_data", "e30=")]),
    ],
)
def test_a_request_may_carry_no_credentials(headers: dict[str, str], query: list[tuple[str, str]]) -> None:
    assert read_auth(headers, query) is None


def test_parameters_that_are_no_credentials_do_not_clash_with_a_header() -> None:
    auth = read_auth({"x-sentry-auth": FULL}, [("sentry_release", "1.0"), ("sentry_environment", "qa")])
    assert auth is not None
    assert auth.source == "x-sentry-auth"


@pytest.mark.parametrize(
    ("headers", "query", "path_key"),
    [
        ({"x-sentry-auth": FULL, "authorization": FULL}, [], None),
        ({"x-sentry-auth": FULL, "authorization": basic(f"{KEY}:")}, [], None),
        ({"x-sentry-auth": FULL}, [("sentry_key", KEY)], None),
        ({"authorization": FULL}, [], KEY),
        ({}, [("sentry_version", "7")], KEY),
    ],
)
def test_two_places_at_once_are_an_error(
    headers: dict[str, str], query: list[tuple[str, str]], path_key: str | None
) -> None:
    with pytest.raises(IngestError, match="multiple authorization payloads detected") as caught:
        read_auth(headers, query, path_key)
    assert (caught.value.reason, caught.value.status) == (Reason.MULTIPLE_AUTH, 401)


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({"x-sentry-auth": f"sentry_key={KEY}"}, []),
        ({"x-sentry-auth": f"Sentry{KEY}"}, []),
        ({"x-sentry-auth": "Sentry sentry_key"}, []),
        ({"x-sentry-auth": "Sentry sentry_version=7"}, []),
        ({"x-sentry-auth": "Sentry sentry_key=,sentry_version=7"}, []),
        ({"authorization": "Basic !!"}, []),
        ({"authorization": "Basic  "}, []),
        ({"authorization": "Basic /w=="}, []),
        ({"authorization": basic(":")}, []),
        ({}, [("sentry_version", "7")]),
        ({}, [("sentry_key", "")]),
    ],
)
def test_malformed_credentials_are_bad_auth(headers: dict[str, str], query: list[tuple[str, str]]) -> None:
    with pytest.raises(IngestError) as caught:
        read_auth(headers, query)
    assert (caught.value.reason, caught.value.status) == (Reason.BAD_AUTH, 401)


@pytest.mark.parametrize("key", ["no spaces", "schlüssel", "f" * 129, "a/b"])
def test_a_key_that_is_no_token_is_bad(key: str) -> None:
    with pytest.raises(IngestError, match="bad public key") as caught:
        read_auth({}, [("sentry_key", key)])
    assert (caught.value.reason, caught.value.status) == (Reason.BAD_KEY, 400)


@pytest.mark.parametrize(
    ("text", "version"), [("7", 7), ("5", 5), ("2.0", 2), ("7.9", 7), ("", 7), (".5", 7), ("0", 0)]
)
def test_the_version_is_what_stands_before_the_dot(text: str, version: int) -> None:
    auth = read_auth({}, [("sentry_key", KEY), ("sentry_version", text)])
    assert auth is not None
    assert auth.version == version


@pytest.mark.parametrize("text", ["8", "seven", "-1", "99999999", "٧", "7a"])
def test_another_version_is_refused(text: str) -> None:
    with pytest.raises(IngestError, match="unsupported protocol version") as caught:
        read_auth({}, [("sentry_key", KEY), ("sentry_version", text)])
    assert (caught.value.reason, caught.value.status) == (Reason.BAD_VERSION, 400)


def test_an_envelope_dsn_is_a_source() -> None:
    assert auth_from_dsn(f"http://{KEY}@desk/1") == Auth(KEY, 7, "", "envelope")
    with pytest.raises(IngestError) as caught:
        auth_from_dsn("desk")
    assert caught.value.reason is Reason.BAD_AUTH


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({}, "10.0.0.1"),
        ({"x-forwarded-for": "1.2.3.4, 10.0.0.9"}, "1.2.3.4"),
        ({"x-forwarded-for": "1.2.3.4", "x-sentry-forwarded-for": "5.6.7.8"}, "5.6.7.8"),
        ({"x-sentry-forwarded-for": "5.6.7.8", "x-vercel-forwarded-for": "9.9.9.9"}, "9.9.9.9"),
        ({"x-vercel-forwarded-for": "9.9.9.9", "cf-connecting-ip": "2001:db8::1"}, "2001:db8::1"),
        ({"x-forwarded-for": "1.2.3.4:5678"}, "1.2.3.4"),
        ({"x-forwarded-for": "[2001:db8::1]:443"}, "2001:db8::1"),
        ({"x-forwarded-for": "[2001:db8::1]"}, "2001:db8::1"),
        ({"cf-connecting-ip": "unknown", "x-forwarded-for": "1.2.3.4"}, "1.2.3.4"),
        ({"x-forwarded-for": "<script>"}, "10.0.0.1"),
        ({"x-forwarded-for": ""}, "10.0.0.1"),
    ],
)
def test_the_client_address_is_the_first_that_is_one(headers: dict[str, str], address: str) -> None:
    assert client_address(headers, "10.0.0.1") == address


WORDS = st.text() | st.sampled_from([FULL, "Sentry ", "Basic ", "=,", KEY])


@given(WORDS, WORDS, st.lists(st.tuples(st.sampled_from(["sentry_key", "sentry_version", "x"]), WORDS)))
def test_no_request_makes_reading_fail_otherwise(
    header: str, authorization: str, query: list[tuple[str, str]]
) -> None:
    with suppress(IngestError):
        auth = read_auth({"x-sentry-auth": header, "authorization": authorization}, query)
        assert auth is None or auth.public_key
