"""What a ``User-Agent`` header says: browser, operating system, device. Own rules for the agents in use.

The spelling of names follows the public uap-core families, which Sentry's tags and searches use.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 1024


@dataclass(frozen=True, slots=True)
class Named:
    """A name with a version, "" if it tells none."""

    name: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """``name`` only where the agent tells a model of its own."""

    family: str
    model: str
    brand: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Agent:
    """The parts of one user agent; None where it tells nothing."""

    browser: Named | None
    os: Named | None
    device: Device | None


# In order: what pretends to be another comes before it. The first group is the version.
_BROWSERS = [
    (name, re.compile(pattern))
    for name, pattern in (
        ("Edge", r"\b(?:Edg|EdgA|EdgiOS|Edge)/([\d.]+)"),
        ("Opera", r"\bOPR/([\d.]+)"),
        ("Samsung Internet", r"\bSamsungBrowser/([\d.]+)"),
        ("Yandex Browser", r"\bYaBrowser/([\d.]+)"),
        ("Vivaldi", r"\bVivaldi/([\d.]+)"),
        ("UC Browser", r"\bUCBrowser/([\d.]+)"),
        ("Electron", r"\bElectron/([\d.]+)"),
        ("Chrome Mobile iOS", r"\bCriOS/([\d.]+)"),
        ("Firefox iOS", r"\bFxiOS/([\d.]+)"),
        ("HeadlessChrome", r"\bHeadlessChrome/([\d.]+)"),
        ("Chrome Mobile WebView", r"; wv\).+\bChrome/([\d.]+)"),
        ("Chrome Mobile", r"\bChrome/([\d.]+) Mobile\b"),
        ("Chrome", r"\b(?:Chrome|Chromium)/([\d.]+)"),
        ("Firefox Mobile", r"(?:Mobile|Tablet);.*\bFirefox/([\d.]+)"),
        ("Firefox", r"\bFirefox/([\d.]+)"),
        ("Mobile Safari", r"\bVersion/([\d.]+).*\bMobile/\S+ Safari/"),
        ("Mobile Safari UI/WKWebView", r"\b(?:iPhone|iPad).*\bOS ([\d_]+).*AppleWebKit(?!.*Safari/)"),
        ("Safari", r"\bVersion/([\d.]+).*\bSafari/"),
        ("IE", r"\bMSIE ([\d.]+)|\bTrident/.*rv:([\d.]+)"),
    )
]
_TOOLS = re.compile(
    r"(curl|Wget|okhttp|python-requests|Python-urllib|python-httpx|axios|node-fetch|undici|Go-http-client"
    r"|Apache-HttpClient|PostmanRuntime|Dalvik|Java|Ruby|aiohttp)/([\d.]+)",
    re.IGNORECASE,
)
_BOTS = re.compile(
    r"\b([A-Za-z]*(?:[Bb]ot|[Ss]pider|[Cc]rawler|Slurp|HeadlessUptime)[A-Za-z-]*)(?:[/ ]v?(\d[\d.]*))?"
)
_APPLE_OS = re.compile(r"\b(iPhone|iPad|iPod).*?\bOS (\d+(?:_\d+)*)")
_ANDROID = re.compile(
    r"\bAndroid (\d+(?:\.\d+)*)(?:; (?:[a-z]{2}[-_][A-Za-z]{2}; )?([^;)]+?)(?: Build/[^;)]*)?[;)])?"
)
_MAC = re.compile(r"\bMac OS X (\d+(?:[_.]\d+)*)")
_WINDOWS = re.compile(r"\bWindows NT (\d+\.\d+)")
_CHROME_OS = re.compile(r"\bCrOS \S+ (\d+(?:\.\d+)*)")

_WINDOWS_NAMES = {"6.0": "Vista", "6.1": "7", "6.2": "8", "6.3": "8.1", "5.1": "XP", "5.2": "XP"}
_BRANDS = (
    ("Pixel", "Google"),
    ("Nexus", "Google"),
    ("SM-", "Samsung"),
    ("GT-", "Samsung"),
    ("Moto", "Motorola"),
    ("moto", "Motorola"),
    ("Redmi", "XiaoMi"),
    ("Mi ", "XiaoMi"),
    ("ONEPLUS", "OnePlus"),
    ("HUAWEI", "Huawei"),
    ("LG", "LG"),
)


@lru_cache(maxsize=1024)
def parse_user_agent(agent: str) -> Agent:
    """Return what *agent* tells. Never raises; agents are read up to their first 1024 characters."""
    agent = agent[:LONGEST]
    bot = _BOTS.search(agent)
    if bot:
        return Agent(Named(bot[1], _short(bot[2] or "")), None, Device("Spider", "Desktop", "Spider"))
    return Agent(_browser(agent), _system(agent), _device(agent))


def _browser(agent: str) -> Named | None:
    for name, pattern in _BROWSERS:
        match = pattern.search(agent)
        if match:
            version = match[1] or match[match.lastindex or 1]
            name = "Edge Mobile" if name == "Edge" and "Mobile" in agent else name
            return Named(name, _short(version.replace("_", ".")))
    tool = _TOOLS.match(agent)
    return Named(tool[1], _short(tool[2])) if tool else None


def _short(version: str) -> str:
    return ".".join(version.strip(".").split(".")[:3])


def _system(agent: str) -> Named | None:
    windows = _WINDOWS.search(agent)
    if windows:
        # Browsers froze this number: 10.0 is said on Windows 11 as well.
        version = ">=10" if windows[1] == "10.0" else _WINDOWS_NAMES.get(windows[1], windows[1])
        return Named("Windows", version)
    apple = _APPLE_OS.search(agent)
    if apple:
        return Named("iOS", apple[2].replace("_", "."))
    android = _ANDROID.search(agent)
    if android:
        return Named("Android", android[1])
    mac = _MAC.search(agent)
    if mac:
        version = mac[1].replace("_", ".")
        return Named("Mac OS X", ">=10.15.7" if version == "10.15.7" else version)
    chrome_os = _CHROME_OS.search(agent)
    if chrome_os:
        return Named("Chrome OS", chrome_os[1])
    if "Ubuntu" in agent:
        return Named("Ubuntu")
    return Named("Linux") if "Linux" in agent else None


def _device(agent: str) -> Device | None:
    apple = _APPLE_OS.search(agent)
    if apple:
        return Device(apple[1], apple[1], "Apple")
    android = _ANDROID.search(agent)
    if android:
        model = (android[2] or "").strip()
        if model in ("", "K", "Mobile", "Tablet") or model.startswith("rv:"):
            return Device("Generic Smartphone", "Smartphone", "Generic")
        brand = next((brand for prefix, brand in _BRANDS if model.startswith(prefix)), "Generic_Android")
        return Device(model, model, brand, name=model)
    return Device("Mac", "Mac", "Apple") if "Macintosh" in agent else None
