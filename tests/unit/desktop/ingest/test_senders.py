from collections.abc import Callable

from pytestqt.qtbot import QtBot

from tests.support.builders import MORNING
from tests.support.store_rows import FilledStore
from tests.unit.desktop.ingest.conftest import REPORT, Sent
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.state import read_state
from vedette.desktop.ingest.processes import sender_processes
from vedette.desktop.ingest.read_senders import Sending, read_sendings
from vedette.desktop.ingest.sender_model import rate_text, sentence
from vedette.desktop.ingest.view import IngestView
from vedette.domain.times import MINUTE, Micros

SOON = Micros(MORNING + MINUTE)
SAMPLED = (
    b'{"event_id":"' + b"ae" * 16 + b'","trace":{"trace_id":"' + b"a" * 32 + b'","sample_rate":"0.25"}}\n'
    b'{"type":"transaction"}\n{"type":"transaction","transaction":"/cart","start_timestamp":1795500000.0,'
    b'"timestamp":1795500000.5,"contexts":{"trace":{"trace_id":"' + b"a" * 32 + b'","span_id":"' + b"b" * 16
    + b'"}}}\n'
)  # fmt: skip


def by_client(desk: FilledStore, at: Micros = SOON) -> dict[str, Sending]:
    return {one.row.client: one for one in read_sendings(desk.db, desk.workspace, at)}


def test_what_reports_say_is_added_up_with_the_rate_of_lately(desk: FilledStore, sent: Sent) -> None:
    for _ in range(3):
        sent(REPORT)
    one = by_client(desk)["sentry.python/2.75.0"]
    assert one.drops[0].count == 42
    assert rate_text(one) == "0.6/min"
    assert "42 transaction: sample_rate" in sentence(one)
    assert rate_text(by_client(desk, Micros(MORNING + 60 * MINUTE))["sentry.python/2.75.0"]) == "—"


def test_the_rate_a_trace_was_sampled_at_is_read_from_its_envelope(desk: FilledStore, sent: Sent) -> None:
    sent(SAMPLED)
    one = by_client(desk)["sentry.python/2.75.0"]
    assert one.sample_rate == 0.25
    assert "traces_sample_rate is 0.25" in one.advice[0]


def test_a_newer_sdk_of_a_neighbour_is_told(desk: FilledStore, sent: Sent) -> None:
    sent(b"{}\n", client="sentry.python/2.40.0")
    sent(b"{}\n")
    assert "2.75.0" in by_client(desk)["sentry.python/2.40.0"].advice[0]
    assert by_client(desk)["sentry.python/2.75.0"].advice == []


def test_the_program_behind_a_sender_is_shown_where_the_station_saw_it(
    bridge: Bridge, sent: Sent, open_view: Callable[..., IngestView], qtbot: QtBot
) -> None:
    sent(REPORT)
    view = open_view()
    view.show_tab("senders")
    qtbot.waitUntil(lambda: view.is_settled)
    number = view.senders.model.rows[0].row.id
    seen = {"id": str(number), "process": {"pid": 812, "name": "app.py"}, "lastSeen": ""}
    bridge.set_station(read_state({"senders": [seen]}, "http://127.0.0.1:8969"))
    view.senders.list.select_key(number)
    rows = {row.label: row.value for row in view.senders.facts.rows()}
    assert rows["Program"] == "app.py, pid 812"
    assert rows["Dropped"] == "14 transaction: sample_rate"
    assert sender_processes({"senders": [{"id": "x"}]}) == {}
    assert "app.py, pid 812" in str(view.senders.model.index(0, 0).data(_ACCESSIBLE))


_ACCESSIBLE = 11  # Qt.ItemDataRole.AccessibleTextRole
