import ast

import pytest

from vedette.desktop.connect.snippets import PLATFORMS, platform_of, snippet

DSN = "http://c0ffee00@192.168.1.20:8969/3"
CALLS = {
    "python": "sentry_sdk.init(",
    "browser": "Sentry.browserTracingIntegration()",
    "node": "@sentry/node",
    "ios": "SentrySDK.start",
    "android": "SentryAndroid.init(this)",
    "dotnet": "SentrySdk.Init(",
    "java": "options.setDsn(",
    "go": "sentry.ClientOptions{",
    "php": "\\Sentry\\init([",
    "ruby": "Sentry.init do |config|",
    "rust": "sentry::init((",
    "native": "sentry_init(options);",
}


def test_every_button_has_a_snippet_and_no_other() -> None:
    assert [platform.key for platform in PLATFORMS] == list(CALLS)


@pytest.mark.parametrize("key", CALLS)
def test_a_snippet_holds_the_dsn_once_the_call_and_tracing(key: str) -> None:
    source = snippet(key, DSN)
    assert source.count(DSN) == 1
    assert CALLS[key] in source
    assert "sample" in source.lower()
    assert "$" not in source.replace("$dsn", "")


@pytest.mark.parametrize("key", CALLS)
def test_brackets_of_a_snippet_close(key: str) -> None:
    source = snippet(key, DSN)
    for opening, closing in ("()", "[]", "{}"):
        assert source.count(opening) == source.count(closing)


def test_the_python_snippet_is_python() -> None:
    call = ast.parse(snippet("python", DSN)).body[-1]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    assert {word.arg for word in call.value.keywords} == {"dsn", "traces_sample_rate", "enable_logs"}


def test_an_unknown_platform_is_an_error() -> None:
    with pytest.raises(KeyError):
        platform_of("cobol")
