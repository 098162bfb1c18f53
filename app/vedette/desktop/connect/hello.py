"""Who said hello last, in one sentence. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vedette.api.sample_event import CLIENT
from vedette.desktop.ingest.wording import Listed, client_name, reason_sentence
from vedette.desktop.language import tr
from vedette.desktop.widgets.relative_time import ago
from vedette.domain.outcomes import Outcome
from vedette.store.queries.requests import RequestRow

_OWN = CLIENT.partition("/")[0]
_LOCAL = ("127.", "::1")


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


def waiting() -> Hello:
    """Return what is said before anybody was heard."""
    return Hello(HelloKind.WAITING, tr("Waiting for the first event…"))


def read_hello(latest: Sequence[Listed], now: int, processes: Mapping[int, str] | None = None) -> Hello:
    """Return what the newest of *latest* (newest first) says; Vedette's own test and strays do not count.

    *processes* names the program behind a sender, where the station knows it.
    """
    for listed in latest:
        row = listed.request
        if row.outcome is Outcome.NOT_INGEST or row.client.startswith(_OWN):
            continue
        who = _who(row, (processes or {}).get(row.sender, ""))
        moment = ago(row.received, now)
        if row.outcome in (Outcome.REFUSED, Outcome.INVALID):
            said = tr("{who} was refused {when}. {why}")
            if row.outcome is Outcome.INVALID:
                said = tr("{who} was not understood {when}. {why}")
            sentence = said.format(who=who, when=_when(moment), why=reason_sentence(listed))
            return Hello(HelloKind.REFUSED, sentence, row.id)
        said = tr("Hello from {who}, project {project}, {when}")
        if not row.project_slug:
            said = tr("Hello from {who}, {when}")
        sentence = said.format(who=who, project=row.project_slug, when=_when(moment))
        return Hello(HelloKind.SEEN, sentence, row.id)
    return waiting()


def _when(moment: str) -> str:
    return tr("just now") if moment == ago(0, 0) else moment


def _who(row: RequestRow, process: str) -> str:
    """Return the SDK with its version, and the program or address it speaks for."""
    name = client_name(row.client)
    if process:
        return f"{name} ({process})"
    if row.ip and not row.ip.startswith(_LOCAL):
        return tr("{name} on {address}").format(name=name, address=row.ip)
    return name
