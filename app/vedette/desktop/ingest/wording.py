"""What the inspector says: senders, outcomes, reasons and what to do about them, in words. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vedette.domain.outcomes import Outcome, Reason
from vedette.store.queries.requests import RequestRow

_PRODUCT = re.compile(r"^([^/\s()]+)[/ ]v?(\d+(?:\.\d+)?)")
_BROWSER = re.compile(r"\b(Firefox|Edg|OPR|Chrome|Version)/(\d+)")
_BROWSER_NAMES = {"Edg": "Edge", "OPR": "Opera", "Version": "Safari"}
_OFFSET = re.compile(r" at byte ([\d,]+)$")
_DROPPED = re.compile(r"(\d+) ([\w ]+): ([\w.:-]+)")
_SDK_DROPPED = "the SDK dropped "
_REJECTED = "event submission rejected: "
_SHORT_KEY = 8

WORDS = {
    Outcome.STORED: "stored",
    Outcome.FILTERED: "filtered",
    Outcome.INVALID: "invalid",
    Outcome.REFUSED: "refused",
    Outcome.DUPLICATE: "duplicate",
    Outcome.NOT_INGEST: "not ingest",
}
TOKENS = {
    Outcome.STORED: "level.ok.text",
    Outcome.FILTERED: "level.warning.text",
    Outcome.INVALID: "level.error.text",
    Outcome.REFUSED: "level.error.text",
    Outcome.DUPLICATE: "text.muted",
    Outcome.NOT_INGEST: "text.muted",
}

_REASONS = {
    Reason.MISSING_AUTH: "It brought no key: none in X-Sentry-Auth, in the address or in the envelope's DSN.",
    Reason.MULTIPLE_AUTH: "It brought more than one key, and they differ.",
    Reason.BLOCKED_SENDER: "You blocked this sender; nothing it sends is taken until you allow it again.",
    Reason.TOO_LARGE: "It is larger than what is taken.",
    Reason.TOO_SLOW: "It came too slowly, so the connection was closed.",
    Reason.DISK_FULL: "The disk is almost full, so nothing more is taken.",
    Reason.DUPLICATE_EVENT: "An event with this id is stored already; SDKs send again when in doubt.",
}

_ADVICE = {
    "sample_rate": "It samples: set traces_sample_rate (and sample_rate) to 1.0 while you develop.",
    "before_send": "A before_send hook of the app discards them.",
    "event_processor": "An event processor or integration of the app discards them.",
    "ratelimit_backoff": "It was told to slow down and dropped what it had meanwhile.",
    "queue_overflow": "Its queue was full: it sent more at once than the SDK holds.",
    "buffer_overflow": "Its buffer was full: there was more at once than the SDK holds.",
    "cache_overflow": "Its cache on disk was full.",
    "network_error": "It could not reach this station for a while.",
    "send_error": "They were refused here; see the tab Refused.",
    "no_parent_span": "Its spans began outside of a transaction, and this SDK sends none alone.",
    "ignored": "Its own settings ignore them.",
    "backpressure": "It was under load and sampled less.",
    "internal_sdk_error": "The SDK itself failed.",
    "insufficient_data": "They were too short to be of use.",
}


class Deed(StrEnum):
    """What can be done about a request at once."""

    ADOPT = "adopt"
    BYTES = "bytes"
    ADVICE = "advice"


DEED_TITLES = {Deed.ADOPT: "Adopt project", Deed.BYTES: "Show bytes", Deed.ADVICE: "Advice"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A request as the list shows it. ``adopted``: its unknown key is known by now.

    ``report`` is what its client report says was dropped, in words.
    """

    request: RequestRow
    adopted: bool = False
    report: str = ""


def client_name(client: str) -> str:
    """Return who sent, with the version's first two figures: ``sentry.python 2.75``, ``Firefox 128``."""
    if client.startswith("Mozilla/") and (browser := _BROWSER.search(client)):
        return f"{_BROWSER_NAMES.get(browser[1], browser[1])} {browser[2]}"
    product = _PRODUCT.match(client)
    if product:
        return f"{product[1]} {product[2]}"
    return client[:80] or "unknown client"


def short_key(key: str) -> str:
    """Return the beginning of a public key."""
    return key if len(key) <= _SHORT_KEY + 1 else f"{key[:_SHORT_KEY]}…"


def can_adopt(listed: Listed) -> bool:
    """Whether the request was refused because nobody knows its key."""
    row = listed.request
    return (
        row.outcome is Outcome.REFUSED
        and row.reason == Reason.UNKNOWN_KEY
        and bool(row.public_key)
        and "switched off" not in (row.detail or "")
        and not listed.adopted
    )


def deed_of(listed: Listed) -> Deed | None:
    """Return what the row's button does, None for no button."""
    row = listed.request
    if can_adopt(listed):
        return Deed.ADOPT
    if row.outcome is Outcome.INVALID:
        return Deed.BYTES
    if dropped_reasons(listed.report):
        return Deed.ADVICE
    return None


def what_happened(listed: Listed) -> str:
    """Return the row's sentence, without the outcome that stands beside it."""
    row = listed.request
    if row.outcome is Outcome.STORED:
        if row.issue_short:
            return f"{row.issue_short}. {row.detail}" if row.detail else row.issue_short
        return listed.report or row.detail or (f"in {row.project_slug}" if row.project_slug else "")
    if row.outcome is Outcome.NOT_INGEST:
        return f"{row.method} {row.path or '/'} is not an ingest path"
    if row.reason == Reason.UNKNOWN_KEY and row.public_key and "switched off" not in (row.detail or ""):
        key = short_key(row.public_key)
        return f"key {key} was unknown, and is adopted now" if listed.adopted else f"unknown key {key}"
    return plain_detail(row.detail, row.reason)


def plain_detail(detail: str | None, reason: str | None) -> str:
    """Return the protocol's words for a reason without their standing phrase."""
    return (detail or (reason or "").replace("_", " ")).removeprefix(_REJECTED)


def reason_sentence(listed: Listed) -> str:
    """Return why a request did not end as stored, whole and for the developer to act on; "" if it did."""
    row = listed.request
    if row.outcome is Outcome.STORED:
        return ""
    if row.outcome is Outcome.NOT_INGEST:
        return f"{row.method} {row.path or '/'} takes no data. SDKs post to /api/<project>/envelope/."
    detail = row.detail or ""
    if row.reason == Reason.UNKNOWN_KEY and row.public_key:
        if "switched off" in detail:
            return f"The key {short_key(row.public_key)} is switched off."
        after = "It was adopted since, so what comes now is taken." if listed.adopted else _ONLY_KNOWN
        return f"The key {short_key(row.public_key)} was not known here. {after}"
    known = next((text for reason, text in _REASONS.items() if reason == row.reason), "")
    said = plain_detail(detail, row.reason)
    return known or (said[:1].upper() + said[1:])


_ONLY_KNOWN = "From the network only known keys are taken."


def error_offset(detail: str | None) -> int | None:
    """Return the byte a parse error was found at, if *detail* tells."""
    found = _OFFSET.search(detail or "")
    return int(found[1].replace(",", "")) if found else None


def dropped_reasons(words: str) -> list[tuple[int, str, str]]:
    """Return count, category and reason of what a client report's sentence says was dropped."""
    if not words.startswith(_SDK_DROPPED):
        return []
    return [(int(count), kind, reason) for count, kind, reason in _DROPPED.findall(words)]


def advice(words: str) -> list[str]:
    """Return a sentence for each reason an SDK dropped something for, in the order it told them."""
    reasons: dict[str, None] = {reason: None for _, _, reason in dropped_reasons(words)}
    return [_ADVICE[reason] for reason in reasons if reason in _ADVICE]


def read_aloud(listed: Listed, at: str) -> str:
    """Return a request as a sentence; *at* is the time as shown."""
    row = listed.request
    parts = [
        f"{WORDS[row.outcome]}", at, f"from {row.ip}" if row.ip else "", client_name(row.client),
        row.kinds, what_happened(listed),
    ]  # fmt: skip
    deed = deed_of(listed)
    return join_parts([*parts, f"action: {DEED_TITLES[deed]}" if deed else ""])


def join_parts(parts: Iterable[str]) -> str:
    """Return the parts that are not empty, with commas."""
    return ", ".join(part for part in parts if part)
