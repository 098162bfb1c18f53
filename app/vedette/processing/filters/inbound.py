"""A project's inbound filters, all off unless chosen, and what one of them says of an event."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from vedette.domain.json import JsonObject
from vedette.domain.outcomes import Reason
from vedette.domain.processed import Arrival
from vedette.processing.filters.browsers import browser_extension, crawler, legacy_browser
from vedette.processing.filters.globs import Glob, first_match, glob

HEALTH_CHECKS = tuple(
    glob(text)
    for text in (
        "*healthcheck*",
        "*heartbeat*",
        "*/health",
        "*/healthy",
        "*/healthz",
        "*/live",
        "*/livez",
        "*/ready",
        "*/readyz",
        "*/ping",
    )
)
"""Names of transactions by which something asks whether an application lives."""

_HYDRATION = tuple(
    glob(text)
    for text in (
        "*https://reactjs.org/docs/error-decoder.html?invariant={418,419,422,423,425}*",
        "*https://react.dev/errors/{418,419,422,423,425}*",
        "*Hydration failed because the*",
        "*There was an error while hydrating*",
        "*Text content does not match server-rendered HTML*",
    )
)
_CHUNKS = tuple(glob(text) for text in ("ChunkLoadError: *", "*Uncaught *: ChunkLoadError: *"))
_INVALID_CSP = tuple(
    glob(text)
    for text in (
        "about*",
        "{chrome,chrome-extension,chromeinvoke,chromeinvokeimmediate,chromenull}:*",
        "moz-extension:*",
        "{safari-extension,safari-web-extension,ms-browser-extension}:*",
        "{mxaddon-pkg,jar,resource,symres}:*",
        "{webviewprogressproxy,webview,tmtbff,mbinit}:*",
    )
)
_LOCAL = re.compile(r"(?:.*\.)?localhost|127\.0\.0\.1|\[?::1\]?", re.IGNORECASE)


@dataclass(frozen=True)
class InboundFilters:
    """What is chosen. Texts of patterns are globs; addresses are single ones or networks (``10.0.0.0/8``)."""

    browser_extensions: bool = False
    legacy_browsers: frozenset[str] = frozenset()
    web_crawlers: bool = False
    localhost: bool = False
    health_checks: bool = False
    react_hydration: bool = False
    chunk_load: bool = False
    invalid_csp: bool = False
    csp_sources: tuple[str, ...] = ()
    error_messages: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    log_messages: tuple[str, ...] = ()
    metric_names: tuple[str, ...] = ()

    @property
    def is_idle(self) -> bool:
        return self == _IDLE

    @cached_property
    def _networks(self) -> list[IPv4Network | IPv6Network]:
        return [ip_network(text.strip(), strict=False) for text in self.addresses]

    @cached_property
    def _message_globs(self) -> list[Glob]:
        return [glob(text) for text in self.error_messages]

    @cached_property
    def _release_globs(self) -> list[Glob]:
        return [glob(text) for text in self.releases]

    @cached_property
    def log_globs(self) -> list[Glob]:
        return [glob(text) for text in self.log_messages]

    @cached_property
    def metric_globs(self) -> list[Glob]:
        return [glob(text) for text in self.metric_names]

    def address_verdict(self, *addresses: str | None) -> "Verdict":
        """Return why nothing from one of *addresses* is wanted, None if it is."""
        for text in addresses if self.addresses else ():
            if text and any(_is_in(text, network) for network in self._networks):
                return Reason.IP_ADDRESS, f"from the filtered address {text}"
        return None

    def release_verdict(self, release: str) -> "Verdict":
        """Return why nothing of *release* is wanted, None if it is."""
        found = first_match(self._release_globs, release) if self.releases else None
        return (Reason.RELEASE_VERSION, f"its release {release[:100]} fits {found.text}") if found else None

    @cached_property
    def _csp_globs(self) -> list[Glob]:
        return [*_INVALID_CSP, *(glob(text) for text in self.csp_sources)]

    def verdict(self, event: JsonObject, arrival: Arrival) -> tuple[Reason, str] | None:
        """Return why a normalised *event* is not wanted, with a sentence; None if it is.

        The filters are asked in the protocol's order; the first that applies is the reason.
        """
        for check in _CHECKS:
            found = check(self, event, arrival)
            if found is not None:
                return found
        return None


_IDLE = InboundFilters()
Verdict = tuple[Reason, str] | None


def _by_address(chosen: InboundFilters, event: JsonObject, arrival: Arrival) -> Verdict:
    return chosen.address_verdict(arrival.client_ip, _user_address(event))


def _is_in(text: str, network: IPv4Network | IPv6Network) -> bool:
    try:
        return ip_address(text) in network
    except ValueError:
        return False


def _user_address(event: JsonObject) -> str | None:
    user = event.get("user")
    address = user.get("ip_address") if type(user) is dict else None
    return address if type(address) is str else None


def _by_release(chosen: InboundFilters, event: JsonObject, _: Arrival) -> Verdict:
    release = event.get("release")
    return chosen.release_verdict(release) if type(release) is str else None


def _by_message(chosen: InboundFilters, event: JsonObject, _: Arrival) -> Verdict:
    if chosen.error_messages:
        for text in _messages(event):
            found = first_match(chosen._message_globs, text)
            if found:
                return Reason.ERROR_MESSAGE, f"its message fits {found.text}"
    return None


def _messages(event: JsonObject) -> Iterator[str]:
    yield from _exceptions(event)
    entry = event.get("logentry")
    if type(entry) is dict:
        for name in ("formatted", "message"):
            if type(entry.get(name)) is str:
                yield entry[name]


def _exceptions(event: JsonObject) -> Iterator[str]:
    exception = event.get("exception")
    values = exception.get("values") if type(exception) is dict else None
    for entry in values if type(values) is list else ():
        if type(entry) is dict:
            yield ": ".join(part for part in (entry.get("type"), entry.get("value")) if type(part) is str)


def _by_extension(chosen: InboundFilters, event: JsonObject, _: Arrival) -> Verdict:
    found = browser_extension(event) if chosen.browser_extensions else None
    return (Reason.BROWSER_EXTENSIONS, f"made by a browser extension ({found})") if found else None


def _by_browser(chosen: InboundFilters, event: JsonObject, arrival: Arrival) -> Verdict:
    agent = _user_agent(event, arrival) if chosen.legacy_browsers else None
    found = legacy_browser(agent, chosen.legacy_browsers) if agent else None
    return (Reason.LEGACY_BROWSERS, f"from a browser that is too old ({found})") if found else None


def _by_crawler(chosen: InboundFilters, event: JsonObject, arrival: Arrival) -> Verdict:
    agent = _user_agent(event, arrival) if chosen.web_crawlers else None
    found = crawler(agent) if agent else None
    return (Reason.WEB_CRAWLERS, f"from a web crawler ({found.strip()})") if found else None


def _user_agent(event: JsonObject, arrival: Arrival) -> str | None:
    request = event.get("request")
    headers = request.get("headers") if type(request) is dict else None
    for pair in headers if type(headers) is list else ():
        if type(pair) is list and len(pair) == 2 and pair[0] == "User-Agent" and type(pair[1]) is str:
            return pair[1]
    return arrival.user_agent if event.get("platform") == "javascript" else None


def _by_localhost(chosen: InboundFilters, event: JsonObject, _: Arrival) -> Verdict:
    if not chosen.localhost:
        return None
    if _user_address(event) in ("127.0.0.1", "::1"):
        return Reason.LOCALHOST, "its user is on this machine"
    request = event.get("request")
    url = request.get("url") if type(request) is dict else None
    if type(url) is str and is_here(url):
        return Reason.LOCALHOST, "it is of a page on this machine"
    return None


def is_here(url: str) -> bool:
    """Whether *url* is of a page on the machine that shows it."""
    try:
        parts = urlsplit(url[:2048])
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "file" or bool(host and _LOCAL.fullmatch(host))


def _by_transaction(chosen: InboundFilters, event: JsonObject, _: Arrival) -> Verdict:
    name = event.get("transaction")
    if chosen.health_checks and event.get("type") == "transaction" and type(name) is str:
        found = first_match(HEALTH_CHECKS, name)
        if found:
            return Reason.FILTERED_TRANSACTION, f"a health check: {name[:100]} fits {found.text}"
    return None


def _by_csp(chosen: InboundFilters, event: JsonObject, _: Arrival) -> Verdict:
    report = event.get("csp")
    if chosen.invalid_csp and type(report) is dict:
        for name in ("blocked_uri", "source_file"):
            text = report.get(name)
            found = first_match(chosen._csp_globs, text) if type(text) is str else None
            if found:
                return Reason.INVALID_CSP, f"its {name} fits {found.text}"
    return None


def _by_hydration(chosen: InboundFilters, event: JsonObject, _: Arrival) -> Verdict:
    if chosen.react_hydration and any(first_match(_HYDRATION, text) for text in _exceptions(event)):
        return Reason.REACT_HYDRATION, "React found the page of the server to differ"
    return None


def _by_chunk(chosen: InboundFilters, event: JsonObject, _: Arrival) -> Verdict:
    if chosen.chunk_load and any(first_match(_CHUNKS, text) for text in _exceptions(event)):
        return Reason.CHUNK_LOAD, "a part of the page could not be loaded"
    return None


_CHECKS: tuple[Callable[[InboundFilters, JsonObject, Arrival], Verdict], ...] = (
    _by_address,
    _by_release,
    _by_csp,
    _by_message,
    _by_extension,
    _by_browser,
    _by_localhost,
    _by_crawler,
    _by_transaction,
    _by_hydration,
    _by_chunk,
)
