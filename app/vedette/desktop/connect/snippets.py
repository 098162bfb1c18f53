"""What to write into a program so that its SDK sends here, for each platform. Pure.

The options are those of the SDKs' own documentation; each snippet turns tracing on, and logs where one
option does it.
"""

from dataclasses import dataclass
from string import Template


@dataclass(frozen=True, slots=True)
class Platform:
    """One button: its title, the file whose language colours the snippet, how to install, what to mind."""

    key: str
    title: str
    filename: str
    source: Template
    install: str
    mind: str = ""


def _lines(*lines: str) -> Template:
    return Template("\n".join(lines))


PLATFORMS: tuple[Platform, ...] = (
    Platform(
        "python",
        "Python",
        "main.py",
        _lines(
            "import sentry_sdk",
            "",
            "sentry_sdk.init(",
            '    dsn="$dsn",',
            "    traces_sample_rate=1.0,",
            "    enable_logs=True,",
            ")",
        ),
        "pip install sentry-sdk",
    ),
    Platform(
        "browser",
        "Browser JS",
        "main.js",
        _lines(
            'import * as Sentry from "@sentry/browser";',
            "",
            "Sentry.init({",
            '  dsn: "$dsn",',
            "  integrations: [Sentry.browserTracingIntegration()],",
            "  tracesSampleRate: 1.0,",
            "  enableLogs: true,",
            "});",
        ),
        "npm install @sentry/browser",
        "A page served over https may only send to http://localhost or 127.0.0.1.",
    ),
    Platform(
        "node",
        "Node",
        "instrument.mjs",
        _lines(
            'import * as Sentry from "@sentry/node";',
            "",
            "Sentry.init({",
            '  dsn: "$dsn",',
            "  tracesSampleRate: 1.0,",
            "  enableLogs: true,",
            "});",
        ),
        "npm install @sentry/node",
        "Load it before anything else: node --import ./instrument.mjs app.mjs",
    ),
    Platform(
        "ios",
        "iOS",
        "App.swift",
        _lines(
            "import Sentry",
            "",
            "SentrySDK.start { options in",
            '    options.dsn = "$dsn"',
            "    options.tracesSampleRate = 1.0",
            "}",
        ),
        "Add the package https://github.com/getsentry/sentry-cocoa",
        "Set NSAllowsLocalNetworking under NSAppTransportSecurity in Info.plist, since this is plain http.",
    ),
    Platform(
        "android",
        "Android",
        "App.kt",
        _lines(
            "import io.sentry.android.core.SentryAndroid",
            "",
            "SentryAndroid.init(this) { options ->",
            '    options.dsn = "$dsn"',
            "    options.tracesSampleRate = 1.0",
            "}",
        ),
        'implementation("io.sentry:sentry-android:8.+")',
        'Set android:usesCleartextTraffic="true" in the debug manifest, since this is plain http.',
    ),
    Platform(
        "dotnet",
        ".NET",
        "Program.cs",
        _lines(
            "using Sentry;",
            "",
            "SentrySdk.Init(options =>",
            "{",
            '    options.Dsn = "$dsn";',
            "    options.TracesSampleRate = 1.0;",
            "});",
        ),
        "dotnet add package Sentry",
    ),
    Platform(
        "java",
        "Java",
        "Main.java",
        _lines(
            "import io.sentry.Sentry;",
            "",
            "Sentry.init(options -> {",
            '    options.setDsn("$dsn");',
            "    options.setTracesSampleRate(1.0);",
            "});",
        ),
        'implementation("io.sentry:sentry:8.+")',
    ),
    Platform(
        "go",
        "Go",
        "main.go",
        _lines(
            "err := sentry.Init(sentry.ClientOptions{",
            '\tDsn:              "$dsn",',
            "\tEnableTracing:    true,",
            "\tTracesSampleRate: 1.0,",
            "})",
            "if err != nil {",
            "\tlog.Fatal(err)",
            "}",
            "defer sentry.Flush(2 * time.Second)",
        ),
        "go get github.com/getsentry/sentry-go",
    ),
    Platform(
        "php",
        "PHP",
        "index.php",
        _lines(
            "<?php",
            "",
            "\\Sentry\\init([",
            "    'dsn' => '$dsn',",
            "    'traces_sample_rate' => 1.0,",
            "]);",
        ),
        "composer require sentry/sentry",
    ),
    Platform(
        "ruby",
        "Ruby",
        "app.rb",
        _lines(
            'require "sentry-ruby"',
            "",
            "Sentry.init do |config|",
            '  config.dsn = "$dsn"',
            "  config.traces_sample_rate = 1.0",
            "end",
        ),
        "gem install sentry-ruby",
    ),
    Platform(
        "rust",
        "Rust",
        "main.rs",
        _lines(
            "let _guard = sentry::init((",
            '    "$dsn",',
            "    sentry::ClientOptions {",
            "        traces_sample_rate: 1.0,",
            "        ..Default::default()",
            "    },",
            "));",
        ),
        "cargo add sentry",
        "The guard sends what is left when it is dropped, so keep it until main ends.",
    ),
    Platform(
        "native",
        "Native",
        "main.c",
        _lines(
            "#include <sentry.h>",
            "",
            "sentry_options_t *options = sentry_options_new();",
            'sentry_options_set_dsn(options, "$dsn");',
            "sentry_options_set_traces_sample_rate(options, 1.0);",
            "sentry_init(options);",
            "",
            "/* before the program ends */",
            "sentry_close();",
        ),
        "Link against sentry-native",
    ),
)

_BY_KEY = {platform.key: platform for platform in PLATFORMS}


def platform_of(key: str) -> Platform:
    """Return the platform *key*. Raises KeyError."""
    return _BY_KEY[key]


def snippet(key: str, dsn: str) -> str:
    """Return the source that makes the SDK of platform *key* send to *dsn*. Raises KeyError."""
    return _BY_KEY[key].source.substitute(dsn=dsn)
