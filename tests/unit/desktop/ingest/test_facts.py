from tests.support.store_rows import FilledStore
from tests.unit.desktop.ingest.conftest import CUT_SHORT, KEY, REPORT, Sent
from vedette.desktop.ingest.facts import fact_rows, headline, skew_text
from vedette.desktop.ingest.read import read_detail
from vedette.domain.times import SECOND


def facts(desk: FilledStore, number: int) -> dict[str, str]:
    detail = read_detail(desk.db, desk.workspace, number)
    assert detail is not None
    return {row.label: row.value for row in fact_rows(detail)}


def test_a_refused_request_tells_why_from_whom_and_with_which_key(desk: FilledStore, sent: Sent) -> None:
    rows = facts(desk, sent.refused())
    assert next(iter(rows)) == "Reason"
    assert "was not known here" in rows["Reason"]
    assert rows["Key"] == KEY
    assert rows["From"] == "192.168.1.44"
    assert rows["Encoding"] == "gzip"


def test_the_headline_has_method_path_status_and_sizes(desk: FilledStore, sent: Sent) -> None:
    detail = read_detail(desk.db, desk.workspace, sent(CUT_SHORT))
    assert detail is not None
    assert headline(detail) == f"POST /api/1/envelope/ · 200 · {len(CUT_SHORT)} bytes"


def test_a_report_of_drops_comes_with_advice(desk: FilledStore, sent: Sent) -> None:
    rows = facts(desk, sent(REPORT))
    assert rows["Became"] == "the SDK dropped 14 transaction: sample_rate"
    assert "1.0" in rows["Advice"]


def test_the_clock_difference_is_told_where_the_sdk_says_when_it_sent(desk: FilledStore, sent: Sent) -> None:
    assert "Clock difference" in facts(desk, sent.recorded("py-shop-rich"))
    assert "Clock difference" not in facts(desk, sent(CUT_SHORT))
    assert skew_text(-38_000) == "+38 ms"
    assert skew_text(2 * SECOND) == "−2 s"
