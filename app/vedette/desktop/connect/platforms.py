"""What to write for each platform so that its SDK sends here.

The options are those of the SDKs' own documentation; each snippet turns tracing on, and logs where one
option does it. ``$dsn`` stands for the DSN.
"""

from vedette.desktop.connect.snippets import Platform
from vedette.desktop.language import mark

_CLEARTEXT = mark('Set android:usesCleartextTraffic="true" in the debug manifest, since this is plain http.')
_APPLE = mark(
    "Set NSAllowsLocalNetworking under NSAppTransportSecurity in Info.plist, since this is plain http."
)
_MIXED = mark("A page served over https may only send to http://localhost or 127.0.0.1.")

PLATFORMS: tuple[Platform, ...] = (
    Platform(
        "python",
        "Python",
        "main.py",
        """\
import sentry_sdk

sentry_sdk.init(
    dsn="$dsn",
    traces_sample_rate=1.0,
    enable_logs=True,
)""",
        "pip install sentry-sdk",
    ),
    Platform(
        "browser",
        "Browser JS",
        "main.js",
        """\
import * as Sentry from "@sentry/browser";

Sentry.init({
  dsn: "$dsn",
  integrations: [Sentry.browserTracingIntegration()],
  tracesSampleRate: 1.0,
  enableLogs: true,
});""",
        "npm install @sentry/browser",
        _MIXED,
    ),
    Platform(
        "node",
        "Node",
        "instrument.mjs",
        """\
import * as Sentry from "@sentry/node";

Sentry.init({
  dsn: "$dsn",
  tracesSampleRate: 1.0,
  enableLogs: true,
});""",
        "npm install @sentry/node",
        mark("Load it before anything else: node --import ./instrument.mjs app.mjs"),
    ),
    Platform(
        "react",
        "React",
        "instrument.js",
        """\
import * as Sentry from "@sentry/react";

Sentry.init({
  dsn: "$dsn",
  integrations: [Sentry.browserTracingIntegration()],
  tracesSampleRate: 1.0,
  enableLogs: true,
});""",
        "npm install @sentry/react",
        mark("Import it before anything else in the app's entry file."),
    ),
    Platform(
        "dotnet",
        ".NET",
        "Program.cs",
        """\
using Sentry;

SentrySdk.Init(options =>
{
    options.Dsn = "$dsn";
    options.TracesSampleRate = 1.0;
});""",
        "dotnet add package Sentry",
    ),
    Platform(
        "java",
        "Java",
        "Main.java",
        """\
import io.sentry.Sentry;

Sentry.init(options -> {
    options.setDsn("$dsn");
    options.setTracesSampleRate(1.0);
});""",
        'implementation("io.sentry:sentry:8.+")',
    ),
    Platform(
        "kotlin",
        "Kotlin",
        "Main.kt",
        """\
import io.sentry.Sentry

Sentry.init { options ->
    options.dsn = "$dsn"
    options.tracesSampleRate = 1.0
}""",
        'implementation("io.sentry:sentry:8.+")',
    ),
    Platform(
        "android",
        "Android",
        "App.kt",
        """\
import io.sentry.android.core.SentryAndroid

SentryAndroid.init(this) { options ->
    options.dsn = "$dsn"
    options.tracesSampleRate = 1.0
}""",
        'implementation("io.sentry:sentry-android:8.+")',
        _CLEARTEXT,
    ),
    Platform(
        "ios",
        "iOS",
        "App.swift",
        """\
import Sentry

SentrySDK.start { options in
    options.dsn = "$dsn"
    options.tracesSampleRate = 1.0
}""",
        "Swift Package Manager: getsentry/sentry-cocoa",
        _APPLE,
    ),
    Platform(
        "flutter",
        "Flutter",
        "main.dart",
        """\
import 'package:sentry_flutter/sentry_flutter.dart';

Future<void> main() async {
  await SentryFlutter.init(
    (options) {
      options.dsn = '$dsn';
      options.tracesSampleRate = 1.0;
    },
    appRunner: () => runApp(const MyApp()),
  );
}""",
        "flutter pub add sentry_flutter",
        _CLEARTEXT,
    ),
    Platform(
        "unity",
        "Unity",
        "Startup.cs",
        """\
using Sentry.Unity;

SentryUnity.Init(options =>
{
    options.Dsn = "$dsn";
    options.TracesSampleRate = 1.0;
});""",
        "Package Manager, by git URL: getsentry/unity",
        mark("Or without code: Tools, Sentry, and the DSN field there."),
    ),
    Platform(
        "go",
        "Go",
        "main.go",
        """\
err := sentry.Init(sentry.ClientOptions{
\tDsn:              "$dsn",
\tEnableTracing:    true,
\tTracesSampleRate: 1.0,
})
if err != nil {
\tlog.Fatal(err)
}
defer sentry.Flush(2 * time.Second)""",
        "go get github.com/getsentry/sentry-go",
    ),
    Platform(
        "php",
        "PHP",
        "index.php",
        """\
<?php

\\Sentry\\init([
    'dsn' => '$dsn',
    'traces_sample_rate' => 1.0,
]);""",
        "composer require sentry/sentry",
    ),
    Platform(
        "ruby",
        "Ruby",
        "app.rb",
        """\
require "sentry-ruby"

Sentry.init do |config|
  config.dsn = "$dsn"
  config.traces_sample_rate = 1.0
end""",
        "gem install sentry-ruby",
    ),
    Platform(
        "rust",
        "Rust",
        "main.rs",
        """\
let _guard = sentry::init((
    "$dsn",
    sentry::ClientOptions {
        traces_sample_rate: 1.0,
        ..Default::default()
    },
));""",
        "cargo add sentry",
        mark("The guard sends what is left when it is dropped, so keep it until main ends."),
    ),
    Platform(
        "native",
        "C / C++",
        "main.c",
        """\
#include <sentry.h>

sentry_options_t *options = sentry_options_new();
sentry_options_set_dsn(options, "$dsn");
sentry_options_set_traces_sample_rate(options, 1.0);
sentry_init(options);

/* before the program ends */
sentry_close();""",
        mark("Link against sentry-native"),
    ),
    Platform(
        "cli",
        "sentry-cli",
        "send.sh",
        """\
export SENTRY_DSN="$dsn"
sentry-cli send-event -m "Hello from a script"
""",
        "npm install -g @sentry/cli",
        mark("For scripts and scheduled jobs; any shell that can set a variable will do."),
    ),
)

_BY_KEY = {platform.key: platform for platform in PLATFORMS}


def platform_of(key: str) -> Platform:
    """Return the platform *key*. Raises KeyError."""
    return _BY_KEY[key]
