from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from tests.support.store_rows import FilledStore
from tests.unit.desktop.ingest.conftest import BAD_JSON, CUT_SHORT, REPORT, Sent
from vedette.desktop.connect.dropped import read_file
from vedette.desktop.ingest import read
from vedette.desktop.ingest.filter import read_filter
from vedette.desktop.ingest.fixture import pytest_snippet
from vedette.desktop.ingest.read import (
    MOST_SHOWN,
    WHOLE_BODY,
    Detail,
    first_to_show,
    listed,
    make_fixture,
    mark_of,
    read_content,
    read_detail,
    read_for_curl,
    read_news,
    read_page,
    read_summary,
    save_envelope,
    save_part,
)
from vedette.domain.outcomes import Outcome
from vedette.store.queries.payloads import PayloadGoneError
from vedette.store.queries.requests import get_request
from vedette.store.writer.commands import run_command

Look = Callable[[int], Detail]


@pytest.fixture
def look(desk: FilledStore) -> Look:
    """Return a function that reads one request's detail."""

    def looked(number: int) -> Detail:
        detail = read_detail(desk.db, desk.workspace, number)
        assert detail is not None
        return detail

    return looked


def ids(
    desk: FilledStore, text: str = "", tab: str = "all", limit: int = 50, after: int | None = None
) -> list[int]:
    last = None
    if after is not None:
        row = get_request(desk.db, after)
        assert row is not None
        last = listed(desk.db, row)
    return [found.request.id for found in read_page(desk.db, read_filter(text, tab), last, limit)]


def test_pages_meet_without_gap_or_repeat_also_when_rows_are_left_out(desk: FilledStore, sent: Sent) -> None:
    for n in range(20):
        sent(client="sentry.go/0.1" if n % 3 else "sentry.cocoa/9.0", body=b"{}\n")
    wanted = ids(desk, "cocoa")
    first = ids(desk, "cocoa", limit=3)
    rest = ids(desk, "cocoa", limit=50, after=first[-1])
    assert first + rest == wanted
    assert len(wanted) == 7
    assert wanted == sorted(wanted, reverse=True)


def test_a_word_finds_senders_and_texts_alike_each_request_once(desk: FilledStore, sent: Sent) -> None:
    by_sender = sent(b"{}\n", client="checkout/1.0")
    by_path = sent(b"{}\n", path="/api/1/envelope/?checkout")
    both = sent(b"{}\n", client="checkout/1.0", path="/api/1/envelope/?checkout")
    sent(b"{}\n")
    assert ids(desk, "checkout") == [both, by_path, by_sender]
    assert ids(desk, "client:checkout") == [both, by_sender]
    assert ids(desk, "path:checkout") == [both, by_path]
    assert ids(desk, "checkout from:127.0.0.1") == [both, by_path, by_sender]
    assert ids(desk, "checkout from:10.0.0.1") == []


def test_tabs_and_outcome_terms_show_what_ended_so(desk: FilledStore, sent: Sent) -> None:
    stored, refused, stray, invalid = sent(b"{}\n"), sent.refused(), sent.stray(), sent(CUT_SHORT)
    assert ids(desk, "", "stored") == [stored]
    assert ids(desk, "", "refused") == [refused]
    assert ids(desk, "", "invalid") == [invalid]
    assert ids(desk, "outcome:trouble") == [invalid, stray, refused]
    assert ids(desk, "project:nowhere") == []
    counts = read_summary(desk.db).counts
    assert (counts[Outcome.STORED], counts[Outcome.REFUSED], counts[Outcome.NOT_INGEST]) == (1, 1, 1)


def test_an_adopted_key_is_known_from_then_on(desk: FilledStore, sent: Sent, look: Look) -> None:
    number = sent.refused()
    assert not look(number).listed.adopted
    run_command(desk.writer, "request.adopt", {"id": number})
    assert look(number).listed.adopted


def test_a_client_report_is_told_in_the_list(desk: FilledStore, sent: Sent, look: Look) -> None:
    assert look(sent(REPORT)).listed.report == "the SDK dropped 14 transaction: sample_rate"


def test_the_items_of_a_recorded_request_hold_what_the_sdk_sent(
    desk: FilledStore, sent: Sent, look: Look
) -> None:
    detail = look(sent.recorded("py-shop-rich"))
    part = detail.parts[0]
    assert part.kind == "event"
    assert part.issue_short
    content = read_content(desk.db, desk.workspace, detail, part)
    assert content.has_value
    assert content.value["platform"] == "python"
    assert content.raw is not None
    assert "".join(line.text for line in content.raw.lines).startswith("{")
    assert detail.parts[-1].n == WHOLE_BODY


def test_a_refused_body_is_opened_although_nobody_took_it(desk: FilledStore, sent: Sent, look: Look) -> None:
    detail = look(sent.refused())
    assert [part.kind for part in detail.parts] == ["event", "whole body"]
    content = read_content(desk.db, desk.workspace, detail, detail.parts[0])
    assert content.value["exception"]["values"][0]["value"] == "Failed to fetch"
    whole = read_content(desk.db, desk.workspace, detail, detail.parts[1])
    assert whole.raw is not None
    assert whole.raw.lines[1].text == '{"type":"event"}'


def test_damage_of_the_envelope_is_marked_in_the_whole_body(
    desk: FilledStore, sent: Sent, look: Look
) -> None:
    detail = look(sent(CUT_SHORT))
    at = first_to_show(detail)
    assert at is not None
    part = detail.parts[at]
    assert part.n == WHOLE_BODY
    mark = mark_of(detail, part)
    assert mark is not None
    assert CUT_SHORT[mark : mark + 10] == b'{"message"'
    content = read_content(desk.db, desk.workspace, detail, part)
    assert content.raw is not None
    assert content.raw.at == 2


def test_damage_of_an_item_is_marked_in_the_item_only(desk: FilledStore, sent: Sent, look: Look) -> None:
    detail = look(sent(BAD_JSON))
    at = first_to_show(detail)
    assert at == 0
    assert detail.parts[0].outcome is Outcome.INVALID
    assert mark_of(detail, detail.parts[0]) is not None
    assert mark_of(detail, detail.parts[-1]) is None
    content = read_content(desk.db, desk.workspace, detail, detail.parts[0])
    assert not content.has_value
    assert content.raw is not None
    assert content.raw.at == 0


def test_what_is_too_large_is_not_read_but_can_be_saved(
    desk: FilledStore, sent: Sent, look: Look, tmp_path: Path
) -> None:
    payload = bytes(range(250)) * (MOST_SHOWN // 250 + 1)
    head = b'{}\n{"type":"attachment","length":%d,"filename":"core.bin"}\n' % len(payload)
    detail = look(sent(head + payload + b"\n"))
    content = read_content(desk.db, desk.workspace, detail, detail.parts[0])
    assert content.raw is None
    assert "too large" in content.note
    target = tmp_path / "größe.bin"
    assert save_part(desk.db, desk.workspace, detail, detail.parts[0], target) == "größe.bin"
    assert target.read_bytes() == payload


def test_a_request_whose_bytes_are_gone_says_so(desk: FilledStore, sent: Sent, look: Look) -> None:
    number = sent.recorded("py-shop-rich")
    desk.set("DELETE FROM payload WHERE id = ?", number)
    detail = look(number)
    assert "retention" in detail.gone
    content = read_content(desk.db, desk.workspace, detail, detail.parts[0])
    assert content.raw is None
    assert "retention" in content.note
    found = read_for_curl(desk.db, desk.workspace, number)
    assert found is not None
    assert found[1] == b""


def test_a_command_needs_the_body_decoded_and_a_key_that_may_send(desk: FilledStore, sent: Sent) -> None:
    number = sent.recorded("py-shop-rich")
    found = read_for_curl(desk.db, desk.workspace, number)
    assert found is not None
    row, body, key = found
    assert row.id == number
    assert body.startswith(b"{")
    assert key
    assert read_for_curl(desk.db, desk.workspace, 99_999) is None
    assert read_detail(desk.db, desk.workspace, 99_999) is None


def test_above_the_list_stand_counts_senders_and_the_kinds_that_came(desk: FilledStore, sent: Sent) -> None:
    sent(REPORT, client="sentry.go/0.30")
    sent(
        b'{"event_id":"' + b"ad" * 16 + b'"}\n{"type":"event"}\n{"message":"x"}\n{"type":"attachment"}\nlog\n'
    )
    summary = read_summary(desk.db)
    assert summary.counts[Outcome.STORED] == 2
    assert {row.client for row in summary.senders} == {"sentry.go/0.30", "sentry.python/2.75.0"}
    assert set(summary.kinds) == {"client_report", "event", "attachment"}


def test_news_are_what_is_newer_and_what_is_different_now(
    desk: FilledStore, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = [sent(b"{}\n") for _ in range(3)]
    desk.set("UPDATE request SET outcome = 'invalid' WHERE id = ?", held[0])
    newer = [sent(b"{}\n", client="sentry.go/0.30"), sent(b"{}\n")]
    news = read_news(desk.db, read_filter(""), held[-1], [held[0], 99_999])
    assert [row.request.id for row in news.rows] == newer[::-1]
    assert [row.request.outcome for row in news.changed] == [Outcome.INVALID]
    assert not news.is_gap
    narrow = read_news(desk.db, read_filter("go"), held[-1], [])
    assert [row.request.id for row in narrow.rows] == newer[:1]
    monkeypatch.setattr(read, "MOST_NEWS", 1)
    assert read_news(desk.db, read_filter(""), held[-1], []).is_gap


def test_bytes_are_shown_as_text_and_in_hex(desk: FilledStore, sent: Sent, look: Look) -> None:
    detail = look(sent(BAD_JSON))
    content = read_content(desk.db, desk.workspace, detail, detail.parts[0])
    assert content.raw is not None
    assert content.hex is not None
    assert content.raw.lines[0].text.startswith("{")
    assert content.hex.lines[0].text.startswith("7b 22")


def test_an_envelope_is_saved_decoded(desk: FilledStore, sent: Sent, tmp_path: Path) -> None:
    target = tmp_path / "größe.envelope"
    assert save_envelope(desk.db, desk.workspace, sent.refused(), target) == "größe.envelope"
    assert target.read_bytes().startswith(b'{"event_id"')
    with pytest.raises(PayloadGoneError):
        save_envelope(desk.db, desk.workspace, 99_999, target)


def test_a_fixture_can_be_dropped_and_is_sent_as_it_was(
    desk: FilledStore, sent: Sent, tmp_path: Path
) -> None:
    number = sent.recorded("py-shop-rich")
    names = make_fixture(desk.db, desk.workspace, number, tmp_path)
    assert names == (f"request-{number}.json", f"request-{number}.bin")
    document = orjson.loads((tmp_path / names[0]).read_bytes())
    assert (document["method"], document["outcome"]) == ("POST", "stored")
    assert "sentry_key=" in document["headers"]["X-Sentry-Auth"]
    (sendable,) = read_file(tmp_path / names[0])
    assert sendable.body == (tmp_path / names[1]).read_bytes()
    compile(pytest_snippet(names[0]), "test_it.py", "exec")


SECRETS = b'{"event_id":"%s"}\n{"type":"event"}\n{"extra":{"password":"hunter2"}}\n' % (b"ab" * 16)


def test_what_is_taken_out_is_scrubbed_unless_it_is_wanted_as_received(
    desk: FilledStore, sent: Sent, look: Look, tmp_path: Path
) -> None:
    number = sent(SECRETS)
    detail = look(number)
    part, whole = detail.parts
    target = tmp_path / "it"
    for as_received in (False, True):
        save_envelope(desk.db, desk.workspace, number, target, as_received=as_received)
        found = [target.read_bytes()]
        for one in (part, whole):
            save_part(desk.db, desk.workspace, detail, one, target, as_received=as_received)
            found.append(target.read_bytes())
        request = read_for_curl(desk.db, desk.workspace, number, as_received=as_received)
        assert request is not None
        found.append(request[1])
        assert [b"hunter2" in data for data in found] == [as_received] * 4
        assert (found[0] == SECRETS) is as_received
    names = make_fixture(desk.db, desk.workspace, number, tmp_path)
    assert b"[Filtered]" in (tmp_path / names[1]).read_bytes()
