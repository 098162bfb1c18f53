"""Each inbound filter: what it filters, what it lets through, and the sentence it gives."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.outcomes import Reason
from vedette.domain.processed import Arrival
from vedette.processing.filters.inbound import InboundFilters
from vedette.processing.normalise import normalise_event

IE8 = "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1)"


def why(
    sent: dict[str, Any], ip: str | None = None, agent: str | None = None, **chosen: Any
) -> Reason | None:
    arrival = Arrival(received=1795500000_000000, client_ip=ip, user_agent=agent)
    event = normalise_event({"timestamp": 1795500000.0, **sent}, arrival)
    assert InboundFilters().verdict(event, arrival) is None
    found = InboundFilters(**chosen).verdict(event, arrival)
    if found is None:
        return None
    assert found[1]
    return found[0]


def error(value: str, kind: str = "Error", **more: Any) -> dict[str, Any]:
    return {"exception": [{"type": kind, "value": value, **more}], "platform": "javascript"}


def test_nothing_is_chosen_at_first() -> None:
    assert InboundFilters().is_idle
    assert not InboundFilters(localhost=True).is_idle


def test_addresses_and_networks() -> None:
    chosen: dict[str, Any] = {"addresses": ("10.0.0.0/8", "2001:db8::1", "203.0.113.7")}
    assert why({}, ip="10.9.8.7", **chosen) is Reason.IP_ADDRESS
    assert why({}, ip="11.9.8.7", **chosen) is None
    assert why({"user": {"ip_address": "203.0.113.7"}}, ip="11.0.0.1", **chosen) is Reason.IP_ADDRESS
    assert why({"user": {"ip_address": "2001:db8:0::1"}}, **chosen) is Reason.IP_ADDRESS
    assert why({"user": {"ip_address": "nonsense"}}, ip="also", **chosen) is None


def test_releases() -> None:
    assert why({"release": "shop@1.2.3-beta"}, releases=("*-beta", "x")) is Reason.RELEASE_VERSION
    assert why({"release": "shop@1.2.3"}, releases=("*-beta",)) is None
    assert why({}, releases=("*",)) is None


def test_messages() -> None:
    chosen: dict[str, Any] = {"error_messages": ("TypeError: *undefined*", "*exact words*")}
    assert why(error("x is undefined", "TypeError"), **chosen) is Reason.ERROR_MESSAGE
    assert why(error("x is undefined", "RangeError"), **chosen) is None
    assert why({"message": "these exact words"}, **chosen) is Reason.ERROR_MESSAGE
    logentry = {"message": "these %s words", "params": ["exact"]}
    assert why({"logentry": logentry}, **chosen) is Reason.ERROR_MESSAGE


def test_browser_extensions() -> None:
    def found(event: dict[str, Any]) -> bool:
        return why(event, browser_extensions=True) is Reason.BROWSER_EXTENSIONS

    assert found(error("Extension CONTEXT invalidated."))
    assert not found(error("fine"))
    assert not found(error("top.GLOBALS") | {"platform": "python"})
    paths = ["https://shop/a.js", "chrome-extension://x/y.js", "<anonymous>"]
    frames = [{"abs_path": path} for path in paths]
    assert found(error("fine", stacktrace={"frames": frames}))
    assert not found(error("fine", stacktrace={"frames": frames[:1]}))
    assert not found(error("fine", stacktrace={"frames": frames[2:]}))
    assert not found({"platform": "javascript", "message": "x"})


def test_the_agent_is_the_requests_or_the_pages() -> None:
    chosen: dict[str, Any] = {"legacy_browsers": frozenset(["ie"])}
    assert why({"request": {"headers": {"user-agent": IE8}}}, **chosen) is Reason.LEGACY_BROWSERS
    assert why({"platform": "javascript"}, agent=IE8, **chosen) is Reason.LEGACY_BROWSERS
    assert why({"platform": "python"}, agent=IE8, **chosen) is None


def test_crawlers() -> None:
    sent = {"request": {"headers": {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}}}
    assert why(sent, web_crawlers=True) is Reason.WEB_CRAWLERS
    assert why({}, web_crawlers=True) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:3000/",
        "http://shop.localhost/a",
        "https://127.0.0.1/",
        "file:///home/x.html",
        "http://[::1]:80/",
    ],
)
def test_a_page_on_this_machine(url: str) -> None:
    assert why({"request": {"url": url}}, localhost=True) is Reason.LOCALHOST


@pytest.mark.parametrize(
    "url", ["https://example.com/?a=localhost", "https://localhost.example.com/", "http://[bad", "/x"]
)
def test_a_page_elsewhere(url: str) -> None:
    assert why({"request": {"url": url}}, localhost=True) is None


def test_a_user_on_this_machine() -> None:
    assert why({"user": {"ip_address": "127.0.0.1"}}, localhost=True) is Reason.LOCALHOST
    assert why({"user": {"ip_address": "10.0.0.1"}}, localhost=True) is None


@pytest.mark.parametrize(
    "name", ["GET /healthcheck/x", "heartbeat", "/api/Health", "/livez", "GET /readyz", "/ping"]
)
def test_health_checks(name: str) -> None:
    transaction = {
        "type": "transaction",
        "transaction": name,
        "start_timestamp": 1795499999.0,
        "contexts": {"trace": {"trace_id": "a" * 32, "span_id": "b" * 16}},
    }
    assert why(transaction, health_checks=True) is Reason.FILTERED_TRANSACTION
    assert why(transaction | {"transaction": "/healthy/food"}, health_checks=True) is None
    assert why({"transaction": name}, health_checks=True) is None  # an error in one is wanted


def test_reports_of_what_extensions_load() -> None:
    chosen: dict[str, Any] = {"invalid_csp": True, "csp_sources": ("*ads.example*",)}
    assert why({"csp": {"blocked_uri": "chrome-extension://x"}}, **chosen) is Reason.INVALID_CSP
    assert why({"csp": {"source_file": "https://ads.example/a.js"}}, **chosen) is Reason.INVALID_CSP
    assert why({"csp": {"blocked_uri": "https://cdn.example"}}, **chosen) is None


def test_hydration_and_chunks() -> None:
    hydration = "Minified React error #418; visit https://react.dev/errors/418?args[]= for the full message"
    assert why(error(hydration), react_hydration=True) is Reason.REACT_HYDRATION
    assert why(error(hydration.replace("418", "310")), react_hydration=True) is None
    assert why(error("Loading chunk 3 failed.", "ChunkLoadError"), chunk_load=True) is Reason.CHUNK_LOAD
    assert why(error("x"), chunk_load=True, react_hydration=True) is None


ANYTHING = st.recursive(
    st.none() | st.text(max_size=5) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["values", "stacktrace", "frames", "abs_path", "value", "headers", "url"]), inner
        )
    ),
    max_leaves=15,
)
MEMBERS = ["exception", "request", "user", "csp", "release", "logentry", "transaction", "platform"]


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(MEMBERS), ANYTHING))
def test_anything_at_all_can_be_asked_about(event: dict[str, Any]) -> None:
    chosen = InboundFilters(
        browser_extensions=True,
        legacy_browsers=frozenset(["ie"]),
        web_crawlers=True,
        localhost=True,
        health_checks=True,
        react_hydration=True,
        chunk_load=True,
        invalid_csp=True,
        error_messages=("x",),
        releases=("x",),
        addresses=("10.0.0.0/8",),
    )
    found = chosen.verdict(event, Arrival(received=0))
    assert found is None or isinstance(found[0], Reason)
