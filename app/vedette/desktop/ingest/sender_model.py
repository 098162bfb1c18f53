"""What the list of senders shows, and what is told of the chosen one. No SQL."""

from collections.abc import Callable

from vedette.desktop.ingest.read_senders import Sending
from vedette.desktop.ingest.wording import client_name, join_parts
from vedette.desktop.language import tr
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.key_values import KeyValue
from vedette.desktop.widgets.paged_model import Column

FROM, SENDER, PROGRAM, RATE, LAST, REQUESTS, STATE, ADVICE = range(8)
WIDTHS = {FROM: 15, SENDER: 24, PROGRAM: 20, RATE: 9, LAST: 10, REQUESTS: 9, STATE: 8}
"""Columns and their widths in digits; ADVICE takes what is left."""
MAKES_WAY = ((1_180, PROGRAM), (1_000, REQUESTS), (880, STATE), (760, RATE), (620, FROM))
"""Widths in pixels below which a column makes way; all of it is told of the chosen sender below the list."""

Clock = Callable[[], int]
ProcessOf = Callable[[int], str]
"""Names the program behind a sender's number, "" where it is not known."""


def sender_columns(clock: Clock, process_of: ProcessOf) -> tuple[Column[Sending], ...]:
    """Return the columns of the list of senders; the last is painted."""
    return (
        Column(tr("From"), text=lambda one: one.row.ip or units.NO_VALUE),
        Column(tr("Sender"), text=lambda one: client_name(one.row.client), tip=lambda one: one.row.client),
        Column(tr("Program"), text=lambda one: process_of(one.row.id) or units.NO_VALUE),
        Column(tr("Rate"), text=rate_text, right=True),
        Column(
            tr("Last"),
            text=lambda one: relative_time.ago(one.row.last, clock()),
            right=True,
            tip=lambda one: relative_time.exact(one.row.last),
            token=lambda _: "text.muted",
        ),
        Column(tr("Requests"), text=lambda one: units.count(one.row.n), right=True),
        Column(tr("State"), text=state_word, token=state_token),
        Column(tr("What it dropped, and advice"), tip=sentence),
    )


def rate_text(one: Sending) -> str:
    """Return how many requests a minute came lately: ``12/min``."""
    if not one.per_minute:
        return units.NO_VALUE
    number = (
        units.significant(one.per_minute, 2) if one.per_minute < 10 else units.count(round(one.per_minute))
    )
    return tr("{count}/min").format(count=number)


def state_word(one: Sending) -> str:
    return tr("blocked") if one.row.blocked else tr("taken")


def state_token(one: Sending) -> str:
    return "level.error.text" if one.row.blocked else "text.muted"


def dropped_text(one: Sending) -> str:
    """Return what a sender dropped: ``14 transaction: sample_rate; 2 error: before_send``."""
    return "; ".join(f"{units.count(drop.count)} {drop.category}: {drop.reason}" for drop in one.drops)


def sentence(one: Sending) -> str:
    """Return what a sender says it dropped, and what to do about it."""
    dropped = dropped_text(one)
    return " ".join([tr("It dropped {drops}.").format(drops=dropped) if dropped else "", *one.advice]).strip()


def describe(one: Sending, process: str) -> str:
    """Return a sender as a sentence."""
    row = one.row
    return join_parts(
        [
            client_name(row.client),
            process,
            tr("from {address}").format(address=row.ip) if row.ip else "",
            tr("%n request(s)", "", row.n),
            rate_text(one) if one.per_minute else "",
            tr("blocked") if row.blocked else "",
            sentence(one),
        ]
    )


def fact_rows(one: Sending, process: str, clock: Clock) -> list[KeyValue]:
    """Return all there is to tell of a sender; what is not known is left out."""
    row = one.row
    rows = [KeyValue(tr("Advice"), text) for text in one.advice]
    rows += [
        KeyValue(
            tr("Dropped"),
            f"{units.count(drop.count)} {drop.category}: {drop.reason}",
            "level.warning.text",
        )
        for drop in one.drops
    ]
    if not one.drops:
        rows.append(KeyValue(tr("Dropped"), tr("It reported no drops.")))
    rows.append(KeyValue(tr("SDK"), row.client or units.NO_VALUE, code=True))
    rows.append(KeyValue(tr("From"), row.ip or units.NO_VALUE, code=True))
    if process:
        rows.append(KeyValue(tr("Program"), process))
    if one.sample_rate is not None:
        rows.append(KeyValue(tr("Traces sampled at"), f"{one.sample_rate:g}", code=True))
    first, last = relative_time.ago(row.first, clock()), relative_time.ago(row.last, clock())
    rows.append(KeyValue(tr("First"), first, tip=relative_time.exact(row.first)))
    rows.append(KeyValue(tr("Last"), last, tip=relative_time.exact(row.last)))
    rows.append(KeyValue(tr("Requests"), units.count(row.n)))
    return rows
