"""What the inspector says: senders, outcomes and reasons, in words. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vedette.desktop.ingest.advice import read_drops
from vedette.desktop.language import mark, tr
from vedette.domain.outcomes import Outcome, Reason
from vedette.store.queries.requests import RequestRow

_PRODUCT = re.compile(r"^([^/\s()]+)[/ ]v?(\d+(?:\.\d+)?)")
_BROWSER = re.compile(r"\b(Firefox|Edg|OPR|Chrome|Version)/(\d+)")
_BROWSER_NAMES = {"Edg": "Edge", "OPR": "Opera", "Version": "Safari"}
_OFFSET = re.compile(r" at byte ([\d,]+)$")
_REJECTED = "event submission rejected: "
_SHORT_KEY = 8

WORDS = {
    Outcome.STORED: mark("stored"),
    Outcome.FILTERED: mark("filtered"),
    Outcome.INVALID: mark("invalid"),
    Outcome.REFUSED: mark("refused"),
    Outcome.DUPLICATE: mark("duplicate"),
    Outcome.NOT_INGEST: mark("not ingest"),
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
    Reason.MISSING_AUTH: mark(
        "It brought no key: none in X-Sentry-Auth, in the address or in the envelope's DSN."
    ),
    Reason.MULTIPLE_AUTH: mark("It brought more than one key, and they differ."),
    Reason.BLOCKED_SENDER: mark(
        "You blocked this sender; nothing it sends is taken until you allow it again."
    ),
    Reason.TOO_LARGE: mark("It is larger than what is taken."),
    Reason.TOO_SLOW: mark("It came too slowly, so the connection was closed."),
    Reason.DISK_FULL: mark("The disk is almost full, so nothing more is taken."),
    Reason.DUPLICATE_EVENT: mark("An event with this id is stored already; SDKs send again when in doubt."),
}


def word_of(outcome: Outcome) -> str:
    """Return the word for *outcome*."""
    return tr(WORDS[outcome])


class Deed(StrEnum):
    """What can be done about a request at once."""

    ADOPT = "adopt"
    BYTES = "bytes"
    ADVICE = "advice"


DEED_TITLES = {
    Deed.ADOPT: mark("Adopt project"),
    Deed.BYTES: mark("Show bytes"),
    Deed.ADVICE: mark("Advice"),
}


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
    return client[:80] or tr("unknown client")


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


def can_parse(listed: Listed) -> bool:
    """Whether parsing the request again may come to another end."""
    row = listed.request
    if row.outcome is Outcome.NOT_INGEST:
        return False
    return row.outcome is not Outcome.REFUSED or listed.adopted


def deed_of(listed: Listed) -> Deed | None:
    """Return what the row's button does, None for no button."""
    row = listed.request
    if can_adopt(listed):
        return Deed.ADOPT
    if row.outcome is Outcome.INVALID:
        return Deed.BYTES
    if read_drops(listed.report):
        return Deed.ADVICE
    return None


def what_happened(listed: Listed) -> str:
    """Return the row's sentence, without the outcome that stands beside it."""
    row = listed.request
    if row.outcome is Outcome.STORED:
        if row.issue_short:
            return f"{row.issue_short}. {row.detail}" if row.detail else row.issue_short
        return (
            listed.report
            or row.detail
            or (tr("in {project}").format(project=row.project_slug) if row.project_slug else "")
        )
    if row.outcome is Outcome.NOT_INGEST:
        return tr("{request} is not an ingest path").format(request=f"{row.method} {row.path or '/'}")
    if row.reason == Reason.UNKNOWN_KEY and row.public_key and "switched off" not in (row.detail or ""):
        key = short_key(row.public_key)
        words = tr("key {key} was unknown, and is adopted now") if listed.adopted else tr("unknown key {key}")
        return words.format(key=key)
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
        words = tr("{request} takes no data. SDKs post to /api/<project>/envelope/.")
        return words.format(request=f"{row.method} {row.path or '/'}")
    detail = row.detail or ""
    if row.reason == Reason.UNKNOWN_KEY and row.public_key:
        if "switched off" in detail:
            return tr("The key {key} is switched off.").format(key=short_key(row.public_key))
        after = tr("From the network only known keys are taken.")
        if listed.adopted:
            after = tr("It was adopted since, so what comes now is taken.")
        return tr("The key {key} was not known here. {after}").format(
            key=short_key(row.public_key), after=after
        )
    known = next((tr(text) for reason, text in _REASONS.items() if reason == row.reason), "")
    said = plain_detail(detail, row.reason)
    return known or (said[:1].upper() + said[1:])


def error_offset(detail: str | None) -> int | None:
    """Return the byte a parse error was found at, if *detail* tells."""
    found = _OFFSET.search(detail or "")
    return int(found[1].replace(",", "")) if found else None


def read_aloud(listed: Listed, at: str) -> str:
    """Return a request as a sentence; *at* is the time as shown."""
    row = listed.request
    parts = [
        word_of(row.outcome), at, tr("from {address}").format(address=row.ip) if row.ip else "",
        client_name(row.client),
        row.kinds, what_happened(listed),
    ]  # fmt: skip
    deed = deed_of(listed)
    return join_parts([*parts, tr("action: {title}").format(title=tr(DEED_TITLES[deed])) if deed else ""])


def join_parts(parts: Iterable[str]) -> str:
    """Return the parts that are not empty, with commas."""
    return ", ".join(part for part in parts if part)
