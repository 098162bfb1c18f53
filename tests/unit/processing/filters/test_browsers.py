"""Browsers and crawlers by what they say of themselves."""

import pytest

from vedette.processing.filters.browsers import LEGACY_BROWSERS, browser_of, crawler, legacy_browser

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/110.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
SAFARI = "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.6 Safari/605.1.15"
IE11 = "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko"
IE8 = "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1)"
OPERA = "Opera/9.80 (Windows NT 6.0) Presto/2.12.388 Version/12.14"
OPERA_MINI = "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/29.3709; U; en) Presto/2.8.119"
OPERA_NEW = "Mozilla/5.0 AppleWebKit/537.36 Chrome/115.0.0.0 Safari/537.36 OPR/101.0.0.0"
EDGE_OLD = "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/46.0 Safari/537.36 Edge/13.10586"
ANDROID = "Mozilla/5.0 (Linux; U; Android 2.3.5; en-us) AppleWebKit/533.1 Version/4.0 Mobile Safari/533.1"


@pytest.mark.parametrize(
    ("agent", "browser"),
    [
        (FIREFOX, ("firefox", 110)),
        (CHROME, ("chrome", 140)),
        (SAFARI, ("safari", 15)),
        (IE11, ("ie", 11)),
        (IE8, ("ie", 8)),
        ("Mozilla/5.0 (compatible; MSIE 10.0; IEMobile/10.0)", ("ie", 10)),
        (OPERA, ("opera", 12)),
        (OPERA_MINI, ("opera_mini", 7)),
        (OPERA_NEW, ("opera", 101)),
        (EDGE_OLD, ("edge", 13)),
        (ANDROID, ("android", 2)),
        ("Mozilla/5.0 Chrome/100 Safari/537 SamsungBrowser/9", ("other", 9)),
        ("curl/8", None),
    ],
)
def test_a_browser_is_known_by_its_agent(agent: str, browser: tuple[str, int] | None) -> None:
    assert browser_of(agent) == browser


@pytest.mark.parametrize(
    ("rule", "old", "young"),
    [
        ("ie", IE11, CHROME),
        ("safari", SAFARI, SAFARI.replace("15.6", "16.0")),
        ("opera", OPERA, OPERA_NEW),
        ("opera_mini", OPERA_MINI, OPERA_MINI.replace("7.1", "35.0")),
        ("android", ANDROID, ANDROID.replace("2.3.5", "4.4")),
        ("firefox", FIREFOX, FIREFOX.replace("110", "111")),
        ("chrome", CHROME.replace("140", "110"), CHROME),
        ("edge", EDGE_OLD, EDGE_OLD.replace("Edge/13", "Edge/111")),
        ("ie_pre_9", IE8, IE11),
        ("ie9", IE8.replace("8.0", "9.0"), IE8),
        ("ie10", IE8.replace("8.0", "10.0"), IE8),
        ("ie11", IE11, IE8),
        ("opera_pre_15", OPERA, OPERA_NEW),
        ("opera_mini_pre_8", OPERA_MINI, OPERA_MINI.replace("7.1", "8.0")),
        ("android_pre_4", ANDROID, ANDROID.replace("2.3.5", "4.0")),
        ("safari_pre_6", SAFARI.replace("15.6", "5.1"), SAFARI),
        ("edge_pre_79", EDGE_OLD, EDGE_OLD.replace("Edge/13", "Edg/79")),
        ("default", IE8, IE11),
    ],
)
def test_a_browser_too_old(rule: str, old: str, young: str) -> None:
    assert rule in LEGACY_BROWSERS
    assert legacy_browser(old, frozenset([rule])) == rule
    assert legacy_browser(young, frozenset([rule])) is None


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1)",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
        "some spider",
        "mybot",
        "facebookexternalhit/1.1",
        "Slack-ImgProxy",
        "GPTBot",
        "Pingdom.com_bot",
        "x; DuckDuckBot-Https/1.1",
    ],
)
def test_a_crawler(agent: str) -> None:
    assert crawler(agent)


@pytest.mark.parametrize(
    "agent", [CHROME, "Slackbot 1.0", "SentryUptimeBot/1.0", "ChatGPT-User/1.0 bot", "robotics", "bottle/1"]
)
def test_no_crawler(agent: str) -> None:
    assert crawler(agent) is None
