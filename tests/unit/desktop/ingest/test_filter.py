import pytest

from vedette.desktop.ingest.filter import FilterError, Wanted, add_term, matcher, read_filter
from vedette.domain.outcomes import Outcome
from vedette.domain.times import Micros
from vedette.store.queries.requests import RequestFilter, RequestRow

ROW = RequestRow(
    id=1, received=Micros(0), run=1, project=1, project_slug="shop", sender=1, ip="192.168.1.31",
    client="sentry.cocoa/9.2.0", method="POST", path="/api/1/envelope/", public_key=None, content_type=None,
    encoding=None, wire_size=1, size=1, status=200, outcome=Outcome.STORED, reason=None, detail=None,
    kinds="event, attachment", skew=None,
)  # fmt: skip


def test_no_text_on_the_first_tab_asks_for_everything() -> None:
    assert read_filter("") == Wanted()
    assert read_filter("").is_everything
    assert not read_filter("", "refused").is_everything


def test_a_tab_is_its_outcomes_and_a_term_goes_before_it() -> None:
    assert read_filter("", "filtered").where.outcomes == (Outcome.FILTERED, Outcome.DUPLICATE)
    assert read_filter("outcome:not_ingest", "refused").where.outcomes == (Outcome.NOT_INGEST,)
    assert read_filter('outcome:"not ingest"').where.outcomes == (Outcome.NOT_INGEST,)
    assert read_filter("outcome:any", "refused").where.outcomes == ()
    assert read_filter("outcome:trouble").where == RequestFilter(only_trouble=True)


def test_the_scope_is_part_of_what_is_asked() -> None:
    where = read_filter("", projects=(2, 3), run=7, since=Micros(5), until=Micros(9)).where
    assert (where.projects, where.run, where.since, where.until) == ((2, 3), 7, 5, 9)


@pytest.mark.parametrize("text", ["colour:red", "outcome:lost"])
def test_a_term_that_means_nothing_is_said(text: str) -> None:
    with pytest.raises(FilterError, match=text):
        read_filter(text)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("cocoa", True),
        ("COCOA event", True),
        ("cocoa transaction", False),
        ("from:192.168", True),
        ("from:127.0", False),
        ("sender:cocoa item:attachment", True),
        ("item:cocoa", False),
        ("path:/api/1/", True),
        ("sentry.cocoa/9.2.0", True),
    ],
)
def test_words_fit_anything_and_keyed_terms_their_part(text: str, fits: bool) -> None:
    assert matcher(read_filter(text))(ROW) is fits


def test_a_term_takes_the_place_of_one_with_its_key() -> None:
    assert add_term("from:1.2.3.4 event", "from", "5.6.7.8") == "event from:5.6.7.8"
    assert add_term("", "client", "Mozilla/5.0 (X11)") == 'client:"Mozilla/5.0 (X11)"'
