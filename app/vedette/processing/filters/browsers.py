"""Browsers too old, crawlers, and what browser extensions do to pages: recognised by what they send."""

import re
from functools import lru_cache

from vedette.domain.json import JsonObject, JsonValue

LONGEST_AGENT = 1024

_MODERN = {
    "ie": 12,
    "safari": 16,
    "opera": 100,
    "opera_mini": 35,
    "android": 4,
    "firefox": 111,
    "chrome": 111,
    "edge": 111,
}
_OLDER: dict[str, tuple[str, int, int]] = {
    "ie_pre_9": ("ie", 0, 9),
    "ie9": ("ie", 9, 10),
    "ie10": ("ie", 10, 11),
    "ie11": ("ie", 11, 12),
    "opera_pre_15": ("opera", 0, 15),
    "opera_mini_pre_8": ("opera_mini", 0, 8),
    "android_pre_4": ("android", 0, 4),
    "safari_pre_6": ("safari", 0, 6),
    "edge_pre_79": ("edge", 0, 79),
}
_DEFAULT = {"ie": 10, "safari": 6, "opera": 15, "android": 4, "opera_mini": 8}
LEGACY_BROWSERS = (*_MODERN, *_OLDER, "default")
"""The ids of the single rules; each names a browser and from which version on it is not old."""

# What pretends to be another comes before it.
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("opera_mini", re.compile(r"\bOpera Mini/(\d{1,5})")),
    ("opera", re.compile(r"\bOPR/(\d{1,5})")),
    ("opera", re.compile(r"\bOpera/.{0,300}\bVersion/(\d{1,5})")),
    ("opera", re.compile(r"\bOpera[/ ](\d{1,5})")),
    ("ie", re.compile(r"\b(?:MSIE |IEMobile[/ ])(\d{1,5})")),
    ("ie", re.compile(r"\bTrident/.{0,300}\brv:(\d{1,5})")),
    ("edge", re.compile(r"\b(?:Edge?|EdgA|EdgiOS)/(\d{1,5})")),
    (
        "other",
        re.compile(
            r"\b(?:SamsungBrowser|YaBrowser|Vivaldi|UCBrowser|Electron|CriOS|FxiOS|HeadlessChrome)/(\d)"
        ),
    ),
    ("firefox", re.compile(r"\bFirefox/(\d{1,5})")),
    ("chrome", re.compile(r"\b(?:Chrome|Chromium)/(\d{1,5})")),
    ("android", re.compile(r"\bAndroid (\d{1,5}).{0,300}\bVersion/.{0,100}\bSafari/")),
    ("safari", re.compile(r"\bVersion/(\d{1,5}).{0,100}\bSafari/")),
)


@lru_cache(maxsize=512)
def browser_of(agent: str) -> tuple[str, int] | None:
    """Return which browser *agent* names, by the ids above (``other`` too), and its major version."""
    for name, pattern in _NAMES:
        match = pattern.search(agent[:LONGEST_AGENT])
        if match:
            return name, int(match[1])
    return None


def legacy_browser(agent: str, rules: frozenset[str]) -> str | None:
    """Return which of *rules* finds the browser of *agent* too old; None if it is not."""
    found = browser_of(agent)
    if found is None:
        return None
    name, version = found
    for rule in sorted(rules):
        if rule == "default":
            if version < _DEFAULT.get(name, 0):
                return rule
        elif rule in _OLDER:
            other, least, below = _OLDER[rule]
            if name == other and least <= version < below:
                return rule
        elif name == rule and version < _MODERN.get(rule, 0):
            return rule
    return None


_CRAWLERS = re.compile(
    r"Mediapartners-Google|AdsBot-Google|Googlebot|FeedFetcher-Google|Storebot-Google|BingBot|BingPreview"
    r"|Baiduspider|Slurp|Sogou|facebook|meta-|ia_archiver|bots?(?:[/ );]|\Z)|spider(?:[/ );]|\Z)|Slack"
    r"|Calypso AppCrawler|pingdom|lyticsbot|AWS Security Scanner|HubSpot Crawler|Bytespider|Better Uptime"
    r"|Cloudflare-Healthchecks|GTmetrix|BrightEdgeOnCrawl|ELB-HealthChecker|naver\.me/spd|ClaudeBot|CCBot"
    r"|OAI-SearchBot|GPTBot|PerplexityBot|Applebot|DuckDuckBot|Lightpanda",
    re.IGNORECASE,
)
_WELCOME = re.compile(r"Slackbot\s1\.\d+|SentryUptimeBot|ChatGPT-User", re.IGNORECASE)


@lru_cache(maxsize=512)
def crawler(agent: str) -> str | None:
    """Return by which part *agent* is a crawler's, None if it is none or a welcome one."""
    agent = agent[:LONGEST_AGENT]
    match = _CRAWLERS.search(agent)
    return match[0] if match and not _WELCOME.search(agent) else None


# Said by pages in which an extension, a toolbar or an in-app browser has put something.
_EXTENSION_WORDS = tuple(
    word.lower()
    for word in (
        "top.GLOBALS",
        "originalCreateNotification",
        "canvas.contentDocument",
        "MyApp_RemoveAllHighlights",
        "http://tt.epicplay.com",
        "Can't find variable: ZiteReader",
        "jigsaw is not defined",
        "ComboSearch is not defined",
        "http://loading.retry.widdit.com/",
        "atomicFindClose",
        "fb_xd_fragment",
        "bmi_SafeAddOnload",
        "EBCallBackMessageReceived",
        "_gCrWeb",
        "conduitPage",
        "null is not an object (evaluating 'elt.parentNode')",
        "plugin.setSuspendState is not a function",
        "Extension context invalidated",
        "webkit-masked-url:",
        "can't access dead object",
        "Cannot redefine property: solana",
        "Cannot redefine property: ethereum",
        "Cannot redefine property: googletag",
        "undefined is not an object (evaluating 'a.X')",
        "Permission denied to access property",
        "Can't find variable: gmo",
    )
)
_EXTENSION_FILES = re.compile(
    r"graph\.facebook\.com|connect\.facebook\.net|eatdifferent\.com\.woopra-ns\.com"
    r"|static\.woopra\.com/js/woopra\.js"
    r"|\A(?:chrome|chrome-extension|moz-extension|safari-extension|safari-web-extension)://|webkit-masked-url"
    r"|127\.0\.0\.1:4001/isrunning|webappstoolbarba\.texthelp\.com|metrics\.itunes\.apple\.com\.edgesuite\.net"
    r"|kaspersky-labs\.com",
    re.IGNORECASE,
)
_NOWHERE = frozenset(["<anonymous>", "[native code]"])


def browser_extension(event: JsonObject) -> str | None:
    """Return what in a normalised JavaScript *event* tells that a browser extension made it; else None."""
    exception = event.get("exception")
    values = exception.get("values") if type(exception) is dict else None
    entry = next((one for one in values or () if type(one) is dict), None)
    if entry is None or event.get("platform") != "javascript":
        return None
    value = entry.get("value")
    if type(value) is str:
        lower = value[:10_000].lower()
        for word in _EXTENSION_WORDS:
            if word in lower:
                return word
    trace = entry.get("stacktrace")
    frames: JsonValue = trace.get("frames") if type(trace) is dict else None
    if type(frames) is not list:
        return None
    for frame in reversed(frames):
        path = frame.get("abs_path") if type(frame) is dict else None
        if type(path) is str and path not in _NOWHERE:
            match = _EXTENSION_FILES.search(path[:2048])
            return match[0] if match else None
    return None
