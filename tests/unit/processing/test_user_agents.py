import pytest

from vedette.processing.user_agents import parse_user_agent

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.1 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "browser", "system"),
    [
        (
            f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {CHROME}",
            "Chrome 120.0.6099",
            "Mac OS X >=10.15.7",
        ),
        (f"Mozilla/5.0 (Windows NT 6.1; Win64) {CHROME} OPR/106.0.0.0", "Opera 106.0.0", "Windows 7"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME}", "Chrome 120.0.6099", "Chrome OS 14541.0.0"),
        (
            f"Mozilla/5.0 (X11; Linux x86_64) {CHROME.replace('Chrome', 'HeadlessChrome')}",
            "HeadlessChrome 120.0.6099",
            "Linux ",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14_6) AppleWebKit/605 Version/17.1 Safari/605.1.15",
            "Safari 17.1",
            "Mac OS X 10.14.6",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko", "IE 11.0", "Windows >=10"),
        (
            "Mozilla/5.0 (Android 13; Mobile; rv:121.0) Gecko/121.0 Firefox/121.0",
            "Firefox Mobile 121.0",
            "Android 13",
        ),
        ("python-requests/2.31.0", "python-requests 2.31.0", ""),
        ("something else", "", ""),
    ],
)
def test_agents_in_use_are_told_apart(agent: str, browser: str, system: str) -> None:
    found = parse_user_agent(agent)
    assert (f"{found.browser.name} {found.browser.version}" if found.browser else "") == browser
    assert (f"{found.os.name} {found.os.version}" if found.os else "") == system


def test_a_phone_tells_its_model() -> None:
    device = parse_user_agent(f"Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A) {CHROME}").device
    assert device is not None
    assert (device.model, device.brand, device.name) == ("SM-S911B", "Samsung", "SM-S911B")


def test_a_frozen_android_agent_has_no_model() -> None:
    device = parse_user_agent(f"Mozilla/5.0 (Linux; Android 10; K) {CHROME}").device
    assert device is not None
    assert (device.model, device.name) == ("Smartphone", "")


def test_a_hostile_agent_costs_no_time_to_speak_of() -> None:
    found = parse_user_agent("Mozilla/5.0 (Android 1; " + "a b; " * 100_000)
    assert found.browser is None
