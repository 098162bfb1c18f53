from vedette.desktop.ingest.copying import command_and_remark, request_line
from vedette.domain.outcomes import Outcome
from vedette.domain.times import Micros
from vedette.store.queries.requests import RequestRow

ROW = RequestRow(
    id=7, received=Micros(0), run=1, project=1, project_slug="shop", sender=1, ip="127.0.0.1",
    client="sentry.python/2.75.0", method="POST", path="/api/1/envelope/", public_key=None,
    content_type=None, encoding=None, wire_size=2_000, size=1, status=200, outcome=Outcome.STORED,
    reason=None, detail=None, kinds="event", skew=None, issue_short="SHOP-1",
)  # fmt: skip


def test_a_line_has_who_what_and_how_it_ended() -> None:
    assert request_line(ROW).split("\t")[1:] == [
        "127.0.0.1", "sentry.python/2.75.0", "POST /api/1/envelope/", "event", "2.0 kB", "200",
        "stored → SHOP-1",
    ]  # fmt: skip


def test_a_command_that_needs_a_file_says_so() -> None:
    assert (
        command_and_remark(ROW, b"{}\n", "http://127.0.0.1:1", "k")[1] == "The command is on the clipboard."
    )
    command, remark = command_and_remark(ROW, b"\xff", "http://127.0.0.1:1", "k")
    assert command.endswith("@request-7.bin")
    assert "request-7.bin" in remark
