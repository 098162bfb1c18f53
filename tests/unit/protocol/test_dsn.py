"""DSNs as SDKs are given them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.dsn import Dsn, is_project, parse_dsn

KEY = "c0ffee00c0ffee00c0ffee00c0ffee00"


def test_a_full_dsn_is_taken_apart() -> None:
    assert parse_dsn(f"https://{KEY}:secret@sentry.example:9000/a/b/42") == Dsn(
        "https", KEY, "secret", "sentry.example", 9000, "/a/b", "42"
    )


def test_the_shortest_dsn_has_no_secret_port_or_prefix() -> None:
    assert parse_dsn("http://k@desk/1") == Dsn("http", "k", None, "desk", None, "", "1")


@pytest.mark.parametrize(
    ("text", "base", "envelope"),
    [
        ("http://k@127.0.0.1:8969/7", "http://127.0.0.1:8969", "http://127.0.0.1:8969/api/7/envelope/"),
        ("https://k@h/p/q/shop", "https://h/p/q", "https://h/p/q/api/shop/envelope/"),
        ("http://k@[::1]:9000/1", "http://[::1]:9000", "http://[::1]:9000/api/1/envelope/"),
        ("http://k@[fe80::1%eth0]/1", "http://[fe80::1%eth0]", "http://[fe80::1%eth0]/api/1/envelope/"),
    ],
)
def test_urls_are_built_below_the_prefix(text: str, base: str, envelope: str) -> None:
    dsn = parse_dsn(text)
    assert (dsn.base_url, dsn.envelope_url, str(dsn)) == (base, envelope, text)


def test_scheme_case_slash_at_the_end_blanks_and_options_do_not_matter() -> None:
    assert str(parse_dsn("  HTTP://k@Desk/1/?timeout=3#x ")) == "http://k@Desk/1"


@pytest.mark.parametrize("key", ["abc", "a.b-c_D9", "f" * 128])
def test_any_token_is_a_key(key: str) -> None:
    assert parse_dsn(f"http://{key}@h/1").public_key == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "ftp://k@h/1",
        "http://h/1",
        "http://@h/1",
        "http://k!@h/1",
        f"http://{'f' * 129}@h/1",
        "http://k@/1",
        "http://k@h:0/1",
        "http://k@h:65536/1",
        "http://k@h:port/1",
        "http://k@[::1/1",
        "http://k@h h/1",
        "http://k@h/1\nhttp://k@h/2",
    ],
)
def test_what_is_no_dsn_is_bad_auth(text: str) -> None:
    with pytest.raises(IngestError) as caught:
        parse_dsn(text)
    assert caught.value.reason is Reason.BAD_AUTH


@pytest.mark.parametrize(
    "text", ["http://k@h", "http://k@h/", "http://k@h/a/sh%20op", f"http://k@h/{'1' * 129}"]
)
def test_a_dsn_without_a_project_is_a_bad_project(text: str) -> None:
    with pytest.raises(IngestError) as caught:
        parse_dsn(text)
    assert caught.value.reason is Reason.BAD_PROJECT


@pytest.mark.parametrize(("text", "answer"), [("42", True), ("my-shop", True), ("", False), ("a/b", False)])
def test_projects_are_numbers_or_slugs(text: str, answer: bool) -> None:
    assert is_project(text) is answer


TOKEN = st.text("abcXYZ019_.-", min_size=1, max_size=40)


@given(
    st.builds(
        Dsn,
        scheme=st.sampled_from(["http", "https"]),
        public_key=TOKEN,
        secret_key=st.none() | st.text("abc019", max_size=20),
        host=st.sampled_from(["desk", "a.b.example", "127.0.0.1", "[::1]", "müller.example"]),
        port=st.none() | st.integers(1, 65535),
        prefix=st.sampled_from(["", "/sentry", "/a/b"]),
        project=TOKEN,
    )
)
def test_str_gives_back_what_was_parsed(dsn: Dsn) -> None:
    assert parse_dsn(str(dsn)) == dsn


@given(st.text() | st.text("htps:/@k1.[]?#% \n"))
def test_no_text_makes_the_parser_fail_otherwise(text: str) -> None:
    with suppress(IngestError):
        assert parse_dsn(text).envelope_url.startswith("http")
