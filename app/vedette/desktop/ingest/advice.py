"""What SDKs say they dropped, and what a developer at the desk can do about it. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vedette.desktop.language import mark, tr

_DROPPED = re.compile(r"(\d+) ([\w ]+): ([\w.:-]+)")
_SDK_DROPPED = "the SDK dropped "
_VERSION = re.compile(r"^([\w.-]+?)[/ ]v?(\d+(?:\.\d+)*)")

_ADVICE = {
    "sample_rate": mark("It samples: set traces_sample_rate (and sample_rate) to 1.0 while you develop."),
    "before_send": mark("A before_send hook of the app discards them."),
    "before_send_transaction": mark("A before_send_transaction hook of the app discards them."),
    "event_processor": mark("An event processor or integration of the app discards them."),
    "ratelimit_backoff": mark(
        "It was told to slow down and dropped what it had meanwhile. See what was refused with 429."
    ),
    "queue_overflow": mark("Its queue was full: it sent more at once than the SDK holds."),
    "buffer_overflow": mark("Its buffer was full: there was more at once than the SDK holds."),
    "cache_overflow": mark("Its cache on disk was full."),
    "network_error": mark(
        "It could not reach this station for a while: was it running, and is the port open?"
    ),
    "send_error": mark("They were refused here; see the tab Refused."),
    "no_parent_span": mark("Its spans began outside of a transaction, and this SDK sends none alone."),
    "ignored": mark("Its own settings ignore them."),
    "backpressure": mark("It was under load and sampled less."),
    "internal_sdk_error": mark("The SDK itself failed. Its own debug output says where."),
    "insufficient_data": mark("They were too short to be of use."),
    "serialization_failure": mark("It could not write them as JSON."),
    "too_big": mark("They were larger than the SDK sends."),
}
# Reasons of several words that mean the same: "event_processor:dedupe".
_PREFIXES = ("event_processor", "before_send", "internal_sdk_error", "ignored")


@dataclass(frozen=True, slots=True)
class Drop:
    """So many of one category were dropped for one reason; ``advice`` is "" where none is known."""

    count: int
    category: str
    reason: str

    @property
    def advice(self) -> str:
        known = _ADVICE.get(self.reason)
        if known is None:
            prefix = next((one for one in _PREFIXES if self.reason.startswith(f"{one}:")), "")
            known = _ADVICE.get(prefix)
        return tr(known) if known else ""


def read_drops(words: str) -> list[Drop]:
    """Return what a client report's sentence says was dropped."""
    if not words.startswith(_SDK_DROPPED):
        return []
    return [Drop(int(count), kind, reason) for count, kind, reason in _DROPPED.findall(words)]


def added_up(reports: Iterable[str]) -> list[Drop]:
    """Return what several client reports' sentences say together, the most first."""
    total: Counter[tuple[str, str]] = Counter()
    for report in reports:
        for drop in read_drops(report):
            total[drop.category, drop.reason] += drop.count
    return [Drop(count, category, reason) for (category, reason), count in total.most_common()]


def advice(drops: Sequence[Drop]) -> list[str]:
    """Return a sentence for each reason, in the order of *drops*."""
    return list(dict.fromkeys(drop.advice for drop in drops if drop.advice))


def sampling_advice(rate: float | None) -> str:
    """Return what to say of a program that samples its traces at *rate*, "" if it takes all or none tells."""
    if rate is None or rate >= 1:
        return ""
    return tr("traces_sample_rate is {rate}; while you develop, 1.0 shows everything.").format(
        rate=f"{rate:g}"
    )


def version_of(client: str) -> tuple[str, tuple[int, ...]] | None:
    """Return an SDK's name and version, ``sentry.python`` and (2, 75, 0); None for a stranger."""
    found = _VERSION.match(client)
    if found is None or not found[1].startswith("sentry"):
        return None
    return found[1], tuple(int(part) for part in found[2].split("."))


def newer_seen(client: str, others: Iterable[str]) -> str:
    """Return a newer version of *client*'s SDK than its own among *others*, "" if it is the newest seen here.

    What was released elsewhere is not known: nothing is looked up.
    """
    own = version_of(client)
    if own is None:
        return ""
    versions = [found[1] for found in map(version_of, others) if found is not None and found[0] == own[0]]
    newest = max(versions, default=own[1])
    return ".".join(map(str, newest)) if newest > own[1] else ""
