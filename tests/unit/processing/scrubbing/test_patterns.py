"""What built-in rules find, what they leave alone, and that no text makes them run for long."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.processing.scrubbing import patterns
from vedette.processing.scrubbing.builtin import BUILTIN
from vedette.processing.scrubbing.patterns import Pattern, Searchable
from vedette.processing.scrubbing.redaction import redact_text

KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIabc\ndef\n-----END RSA PRIVATE KEY-----"


def after(rule: str, text: str, key: str = "k") -> str | None:
    """Return *text* after *rule*, also asking whether the quick look would have sent it there."""
    redacted = redact_text(text, key, BUILTIN[rule])
    if redacted is None:
        return text
    patterns = [pattern for one in BUILTIN[rule] for pattern in one.patterns]
    places = [pattern.places(Searchable(text)) for pattern in patterns]
    is_by_key = any(one.key_hits(key) for one in BUILTIN[rule])
    assert is_by_key or any(found is None or list(found) for found in places), "the quick look missed it"
    return redacted.text


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("@ip", "at ::1, fe80::1%eth0 and 2001:db8::8:800:200c:417a.", "at [ip], [ip] and [ip]."),
        ("@ip", "from [2001:db8:0:0:0:0:0:1]:80", "from [[ip]]:80"),
        ("@ip", "::ffff:10.0.0.1", "[ip]:[ip]"),
        ("@ip", "10.0.0.256 and 1.2.3", "10.0.0.256 and 1.2.3"),
        ("@ip", "std::vector", "std::vector"),
        ("@mac", "aa-bb-cc-dd-ee-ff", "*" * 17),
        ("@mac:replace", "AA:BB:CC:DD:EE:0F!", "[mac]!"),
        ("@uuid:replace", "x 550e8400e29b41d4a716446655440000 y", "x [uuid] y"),
        ("@email", "<a.b+c@sub.example.co>", "<[email]>"),
        ("@email", "a@b", "a@b"),
        ("@creditcard", "4111-1111 11111111", "[creditcard]"),
        ("@creditcard", "amex 378282246310005", "amex [creditcard]"),
        ("@creditcard", "41111111111111112222", "41111111111111112222"),
        ("@iban", "to NL91ABNA0417164300", "to [iban]"),
        ("@iban", "to XX91ABNA0417164300", "to XX91ABNA0417164300"),
        ("@pemkey", KEY, "-----BEGIN RSA PRIVATE KEY-----\n[pemkey]\n-----END RSA PRIVATE KEY-----"),
        ("@urlauth", "//user@h git+ssh://u:p@h/", "//user@h git+ssh://[auth]@h/"),
        ("@urlauth:legacy", "https://u@h https://u:p@h", "https://u@h https://u:[Filtered]@h"),
        ("@usssn:replace", "123-45-6789 123-45-67890", "[us-ssn] 123-45-67890"),
        ("@userpath", r"C:\Users\bob\x", r"C:\Users\[user]\x"),
        ("@userpath", "c:/documents and settings/al/x", "c:/documents and settings/[user]/x"),
        ("@userpath", "/Users/Bob", "/Users/[user]"),
        ("@userpath:filter", "/home/bob", "/home/bob"),
        ("@bearer", "bearer  abc.def=", "Bearer [token]"),
        ("@bearer", "bearer", "bearer"),
        ("@imei", "35-209900-176148-1", "[imei]"),
        ("@imei:hash", "352099001761481", "B6D1E35C05C1C7C3C4D6A43C1DC66D5B6D3BBA29"),
        ("@password:filter", "my passWord is x", "[Filtered]"),
        ("@password:filter", "tokens are spent", "tokens are spent"),
        ("@password:filter", "token_x = 1", "token_x = 1"),
        ("@password:filter", "token=1", "[Filtered]"),
        ("@password:filter", "two-factor", "[Filtered]"),
        ("@password:filter", "a two-factor login", "a two-factor login"),
        ("@password:mask", "otp", "***"),
        ("@anything", "a\nb", "[Filtered]"),
        ("@anything:remove", "a", None),
    ],
)  # fmt: skip
def test_a_rule_finds_this(rule: str, text: str, expected: str | None) -> None:
    found = after(rule, text)
    if rule == "@imei:hash":
        assert found is not None
        assert len(found) == 40
        return
    assert found == expected


@pytest.mark.parametrize(
    "key", ["password", "X-Api-Key", "my_secret", "AUTHORIZATION", "csrfToken", "OTP", "two_factor"]
)
def test_a_key_gives_its_value_away(key: str) -> None:
    assert after("@password:filter", "anything", key) == "[Filtered]"
    assert after("@password", "anything", key) is None


@pytest.mark.parametrize("key", ["k", "otps", "pass", "laptop"])
def test_other_keys_do_not(key: str) -> None:
    assert after("@password:filter", "anything", key) == "anything"


def test_imei_masks_by_hashing_as_measured() -> None:
    masked, hashed = after("@imei:mask", "352099001761481"), after("@imei:hash", "352099001761481")
    assert masked == hashed


@pytest.mark.parametrize(
    "text",
    [
        "a." * 50_000,
        "a@" + "a." * 50_000,
        "token" * 20_000,
        "-----BEGIN RSA PRIVATE KEY-----\n" * 3_000,
        "a-" * 50_000 + "://",
        "//a" * 30_000,
        "x/" * 50_000 + "profiles",
        "1 " * 50_000,
        "1:" * 50_000,
        "1." * 50_000,
        "Bearer " * 14_000,
        "Bearer" + " " * 100_000,
        "AD12" * 25_000,
        "0123456789abcdef" * 6_000,
        "\u0130password" * 10_000,
    ],
    ids=lambda text: text[:12],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    after("@common", text)
    after("@common:filter", text)
    assert time.process_time() - began < 2.0


PATTERNS = {name: value for name, value in vars(patterns).items() if isinstance(value, Pattern)}
SCRAPS = st.sampled_from(
    [
        *"a1.:/@-;= \\+%",
        "users/",
        "/profiles/",
        "token",
        "password",
        "Bearer ",
        "//",
        "@b.de",
        "::",
        "fe80",
        "DE12",
    ]
)


@pytest.mark.parametrize("name", PATTERNS)
@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(SCRAPS, max_size=40))
def test_what_takes_less_time_finds_the_same(name: str, scraps: list[str]) -> None:
    text = "".join(scraps)
    quick = PATTERNS[name].expression
    spelled = quick.pattern.replace("}+", "}").replace("(?=[0-9a-f]{0,4}[:%])", "")
    plain = re.compile(spelled.replace(r"(?=[A-Z]{2}\d\d)", ""), quick.flags)
    assert [match.span() for match in quick.finditer(text)] == [
        match.span() for match in plain.finditer(text)
    ]
