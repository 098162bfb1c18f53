"""Who said hello last, in one sentence. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vedette.desktop.connect.sending import CLIENT
from vedette.desktop.ingest.wording import Listed, client_name, reason_sentence
from vedette.desktop.widgets.relative_time import ago
from vedette.domain.outcomes import Outcome

_OWN = CLIENT.partition("/")[0]


class HelloKind(StrEnum):
    """What was heard."""

    WAITING = "waiting"
    SEEN = "seen"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Hello:
    """What was heard, the sentence, and the request it is about."""

    kind: HelloKind
    sentence: str
    request: int | None = None


WAITING = Hello(HelloKind.WAITING, "Waiting for the first event…")


def read_hello(latest: Sequence[Listed], now: int) -> Hello:
    """Return what the newest of *latest* (newest first) says; Vedette's own test and strays do not count."""
    for listed in latest:
        row = listed.request
        if row.outcome is Outcome.NOT_INGEST or row.client.startswith(_OWN):
            continue
        who = client_name(row.client)
        where = f" from {row.ip}" if row.ip else ""
        moment = ago(row.received, now)
        when = "just now" if moment == "now" else moment
        if row.outcome in (Outcome.REFUSED, Outcome.INVALID):
            sentence = f"{who}{where} was not understood {when}. {reason_sentence(listed)}"
            if row.outcome is Outcome.REFUSED:
                sentence = f"{who}{where} was refused {when}. {reason_sentence(listed)}"
            return Hello(HelloKind.REFUSED, sentence, row.id)
        return Hello(HelloKind.SEEN, f"{who} seen{where} {when}", row.id)
    return WAITING
