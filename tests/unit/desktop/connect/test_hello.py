from dataclasses import replace

from vedette.api.sample_event import CLIENT
from vedette.desktop.connect.hello import HelloKind, read_hello, waiting
from vedette.desktop.ingest.wording import Listed
from vedette.domain.outcomes import Outcome
from vedette.domain.times import MINUTE, SECOND, Micros
from vedette.store.queries.requests import RequestRow

SEEN = RequestRow(
    id=4, received=Micros(10 * MINUTE), run=1, project=1, project_slug="shop", sender=1, ip="127.0.0.1",
    client="sentry.python/2.75.0", method="POST", path="/api/1/envelope/", public_key=None,
    content_type=None, encoding=None, wire_size=1, size=1, status=200, outcome=Outcome.STORED, reason=None,
    detail=None, kinds="event", skew=None,
)  # fmt: skip
NOW = SEEN.received + SECOND
REFUSED = replace(
    SEEN, id=5, ip="192.168.1.44", outcome=Outcome.REFUSED, reason="unknown_key", public_key="9f31c0de" * 4
)


def test_it_waits_until_somebody_comes() -> None:
    assert read_hello([], NOW) == waiting()


def test_the_newest_app_is_named_with_project_and_age() -> None:
    hello = read_hello([Listed(SEEN)], NOW)
    assert hello.kind is HelloKind.SEEN
    assert hello.sentence == "Hello from sentry.python 2.75, project shop, just now"
    nowhere = replace(SEEN, project=None, project_slug=None)
    assert read_hello([Listed(nowhere)], NOW).sentence == "Hello from sentry.python 2.75, just now"
    assert read_hello([Listed(SEEN)], NOW + 3 * MINUTE).sentence.endswith("3 min ago")


def test_it_says_which_program_it_was_or_where_it_came_from() -> None:
    known = read_hello([Listed(SEEN)], NOW, {SEEN.sender: "app.py, pid 812"})
    assert known.sentence == "Hello from sentry.python 2.75 (app.py, pid 812), project shop, just now"
    phone = replace(SEEN, ip="192.168.1.31", client="sentry.cocoa/9.2.0")
    assert read_hello([Listed(phone)], NOW).sentence.startswith("Hello from sentry.cocoa 9.2 on 192.168.1.31")


def test_a_refused_request_says_why_and_which_it_was() -> None:
    hello = read_hello([Listed(REFUSED), Listed(SEEN)], NOW)
    assert hello.kind is HelloKind.REFUSED
    assert hello.request == 5
    assert "on 192.168.1.44 was refused" in hello.sentence
    assert "only known keys are taken" in hello.sentence


def test_a_damaged_request_was_not_understood() -> None:
    row = replace(SEEN, outcome=Outcome.INVALID, reason="bad_json", detail="invalid JSON: no value at byte 3")
    assert "was not understood just now. Invalid JSON" in read_hello([Listed(row)], NOW).sentence


def test_strays_and_vedettes_own_test_are_no_app() -> None:
    stray = replace(SEEN, outcome=Outcome.NOT_INGEST, client="curl/8.5.0")
    own = replace(SEEN, client=CLIENT)
    assert read_hello([Listed(own), Listed(stray)], NOW) == waiting()
    assert read_hello([Listed(own), Listed(SEEN)], NOW).request == 4
