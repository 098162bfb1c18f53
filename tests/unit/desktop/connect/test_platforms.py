import re

import pytest

from vedette.desktop.connect.platforms import PLATFORMS, platform_of
from vedette.desktop.theme.highlight import highlight

DSN = "http://0123456789abcdef@192.168.1.20:8969/7"
PACKAGES = {
    "python": ("sentry-sdk", "sentry_sdk.init("),
    "browser": ("@sentry/browser", 'from "@sentry/browser"'),
    "node": ("@sentry/node", 'from "@sentry/node"'),
    "react": ("@sentry/react", 'from "@sentry/react"'),
    "dotnet": ("Sentry", "SentrySdk.Init"),
    "java": ("io.sentry:sentry:", "Sentry.init"),
    "kotlin": ("io.sentry:sentry:", "Sentry.init"),
    "android": ("io.sentry:sentry-android", "SentryAndroid.init"),
    "ios": ("sentry-cocoa", "SentrySDK.start"),
    "flutter": ("sentry_flutter", "SentryFlutter.init"),
    "unity": ("getsentry/unity", "SentryUnity.Init"),
    "go": ("github.com/getsentry/sentry-go", "sentry.Init"),
    "php": ("sentry/sentry", "\\Sentry\\init"),
    "ruby": ("sentry-ruby", "Sentry.init"),
    "rust": ("sentry", "sentry::init"),
    "native": ("sentry-native", "sentry_init(options)"),
    "cli": ("@sentry/cli", "sentry-cli send-event"),
}
KEYS = [platform.key for platform in PLATFORMS]


def test_every_platform_is_known_by_its_key() -> None:
    assert list(PACKAGES) == KEYS
    assert len({platform.title for platform in PLATFORMS}) == len(PLATFORMS)
    with pytest.raises(KeyError):
        platform_of("otel")


@pytest.mark.parametrize("key", KEYS)
def test_a_snippet_holds_the_dsn_once_and_turns_tracing_on(key: str) -> None:
    text = platform_of(key).snippet(DSN)
    assert text.count(DSN) == 1
    assert "$" not in text
    if key == "cli":  # sends one event and ends
        return
    assert re.search(r"traces_?sample_?rate\W.{0,12}1\.0", text, re.IGNORECASE)


@pytest.mark.parametrize("key", KEYS)
def test_a_snippet_names_the_right_package_and_call(key: str) -> None:
    package, call = PACKAGES[key]
    assert package in platform_of(key).install
    assert call in platform_of(key).snippet(DSN)


@pytest.mark.parametrize("key", KEYS)
def test_a_snippet_is_coloured_by_its_language(key: str) -> None:
    lines = platform_of(key).snippet(DSN).splitlines()
    tokens = {run.token for runs in highlight(lines, platform_of(key).filename, "") for run in runs}
    assert "code.string" in tokens
    assert len(tokens) > 2


def test_the_python_snippet_is_python() -> None:
    compile(platform_of("python").snippet(DSN), "main.py", "exec")
