from dataclasses import replace

import pytest

from vedette.desktop.ingest.wording import (
    Deed,
    Listed,
    can_parse,
    client_name,
    deed_of,
    error_offset,
    read_aloud,
    reason_sentence,
    what_happened,
)
from vedette.domain.outcomes import Outcome
from vedette.domain.times import Micros
from vedette.store.queries.requests import RequestRow

STORED = RequestRow(
    id=1, received=Micros(0), run=1, project=1, project_slug="shop-api", sender=1, ip="127.0.0.1",
    client="sentry.python/2.75.0", method="POST", path="/api/1/envelope/", public_key=None,
    content_type=None, encoding=None, wire_size=10, size=10, status=200, outcome=Outcome.STORED,
    reason=None, detail=None, kinds="event", skew=None,
)  # fmt: skip
UNKNOWN_KEY = replace(
    STORED, outcome=Outcome.REFUSED, reason="unknown_key", status=401, public_key="9f31c0de" * 4,
    detail="event submission rejected: unknown key or project; it can be adopted in Vedette",
)  # fmt: skip
DROPPED = "the SDK dropped 14 transaction: sample_rate; 2 error: before_send; 1 span: never_heard_of"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.mark.parametrize(
    ("client", "name"),
    [
        ("sentry.python/2.75.0", "sentry.python 2.75"),
        ("sentry.javascript.react/11.12.0-beta.1", "sentry.javascript.react 11.12"),
        ("curl/8.5.0", "curl 8.5"),
        (FIREFOX, "Firefox 128"),
        ("strange", "strange"),
        ("", "unknown client"),
    ],
)
def test_a_client_is_named_with_two_figures_of_its_version(client: str, name: str) -> None:
    assert client_name(client) == name


def test_a_row_says_which_issue_it_became_else_its_remark_else_its_project() -> None:
    assert what_happened(Listed(replace(STORED, issue_short="SHOP-1"))) == "SHOP-1"
    assert what_happened(Listed(replace(STORED, detail="kept as it came"))) == "kept as it came"
    assert what_happened(Listed(STORED)) == "in shop-api"
    assert what_happened(Listed(STORED, report=DROPPED)) == DROPPED


def test_an_unknown_key_can_be_adopted_once() -> None:
    listed = Listed(UNKNOWN_KEY)
    assert deed_of(listed) is Deed.ADOPT
    assert what_happened(listed) == "unknown key 9f31c0de…"
    assert "only known keys" in reason_sentence(listed)
    adopted = Listed(UNKNOWN_KEY, adopted=True)
    assert deed_of(adopted) is None
    assert "adopted" in what_happened(adopted)


def test_a_key_that_was_switched_off_cannot_be_adopted() -> None:
    listed = Listed(replace(UNKNOWN_KEY, detail="event submission rejected: this key is switched off"))
    assert deed_of(listed) is None
    assert reason_sentence(listed) == "The key 9f31c0de… is switched off."


def test_what_was_taken_or_adopted_can_be_parsed_again() -> None:
    assert can_parse(Listed(STORED))
    assert can_parse(Listed(replace(STORED, outcome=Outcome.INVALID)))
    assert not can_parse(Listed(UNKNOWN_KEY))
    assert can_parse(Listed(UNKNOWN_KEY, adopted=True))
    assert not can_parse(Listed(replace(STORED, outcome=Outcome.NOT_INGEST)))


def test_damaged_requests_offer_their_bytes_and_reports_advice() -> None:
    assert deed_of(Listed(replace(STORED, outcome=Outcome.INVALID, detail="cut short"))) is Deed.BYTES
    assert deed_of(Listed(STORED, report=DROPPED)) is Deed.ADVICE
    assert deed_of(Listed(STORED, report="the SDK dropped nothing")) is None


def test_a_path_that_takes_no_data_is_told_with_where_data_goes() -> None:
    listed = Listed(replace(STORED, outcome=Outcome.NOT_INGEST, method="GET", path="/", status=404))
    assert what_happened(listed) == "GET / is not an ingest path"
    assert "/api/<project>/envelope/" in reason_sentence(listed)


def test_what_the_protocol_said_stands_without_its_standing_phrase() -> None:
    row = replace(
        STORED, outcome=Outcome.REFUSED, reason="bad_key", detail="event submission rejected: bad key"
    )
    assert what_happened(Listed(row)) == "bad key"
    assert reason_sentence(Listed(row)) == "Bad key"


@pytest.mark.parametrize(
    ("detail", "offset"),
    [
        ("payload cut short at byte 1,914", 1914),
        ("bad at byte 0", 0),
        ("at byte 3 or so", None),
        (None, None),
    ],
)
def test_the_byte_of_an_error_is_read_from_its_sentence(detail: str | None, offset: int | None) -> None:
    assert error_offset(detail) == offset


def test_a_row_is_read_aloud_with_outcome_sender_and_action() -> None:
    assert read_aloud(Listed(UNKNOWN_KEY), "10:14") == (
        "refused, 10:14, from 127.0.0.1, sentry.python 2.75, event, unknown key 9f31c0de…, "
        "action: Adopt project"
    )
