"""Web vitals: rows, those of a trace, summaries of pages and series by hour."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.builders import MORNING, a_span
from tests.support.records import some_vitals, vitals_of
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.times import HOUR, Micros
from vedette.domain.vitals import WebVital
from vedette.store.queries import web_vitals
from vedette.store.queries.web_vitals import VitalsFilter

LCP, CLS = WebVital.LCP, WebVital.CLS
TRACE = b"t" * 16
END = Micros(MORNING + 10 * HOUR)


def fill(store: FilledStore) -> None:
    """Write eight loads half an hour apart of two pages in two projects."""
    web = store.project("web")
    for n in range(8):
        span = a_span(op="pageload", start=Micros(MORNING + n * HOUR // 2))
        page = "/cart" if n % 2 else "/"
        vitals = vitals_of(
            span, TRACE if n < 2 else bytes([n]) * 16, page=page, lcp=1000.0 * (n + 1), cls=0.05
        )
        store.add(some_vitals(vitals), project=web if n >= 4 else 1)


def test_a_row_says_all_that_a_list_shows(store: FilledStore) -> None:
    fill(store)
    row = web_vitals.page_vitals(store.db)[-1]
    assert (row.id, row.project_slug, row.run, row.ts, row.trace, row.page) == (
        1,
        "desk",
        1,
        MORNING,
        TRACE.hex(),
        "/",
    )
    assert (row.op, row.browser, row.environment, row.release) == ("pageload", "Chrome", "qa", "shop@1.0")
    assert (row.values, row.score) == ({LCP: 1000.0, CLS: 0.05}, 0.5)


@pytest.mark.parametrize(
    ("where", "fits"),
    [
        ({}, lambda n: True),
        ({"page": "/cart"}, lambda n: n % 2),
        ({"page": "/none"}, lambda n: False),
        ({"projects": (2,)}, lambda n: n >= 4),
        ({"run": 2}, lambda n: False),
        ({"since": MORNING + HOUR, "until": MORNING + 2 * HOUR}, lambda n: n in (2, 3)),
    ],
)
def test_a_filter_means_what_it_says(store: FilledStore, where: dict[str, Any], fits: Any) -> None:
    fill(store)
    rows = web_vitals.page_vitals(store.db, VitalsFilter(**where))
    assert [row.id for row in rows] == [n + 1 for n in reversed(range(8)) if fits(n)]
    paged, after = [], None
    while page := web_vitals.page_vitals(store.db, VitalsFilter(**where), after=after, limit=3):
        paged += page
        after = page[-1].key
    assert paged == rows


def test_a_traces_vitals_come_by_time(store: FilledStore) -> None:
    fill(store)
    early = replace(vitals_of(a_span(start=Micros(MORNING - 5)), TRACE, inp=7), segment_id=None)
    store.add(some_vitals(early))
    assert [row.id for row in web_vitals.trace_vitals(store.db, TRACE)] == [9, 1, 2]
    assert web_vitals.trace_vitals(store.db, bytes(16)) == []


def test_pages_are_summed_up(store: FilledStore) -> None:
    fill(store)
    pages = web_vitals.summarise_pages(store.db, MORNING, END)
    assert [(page.project, page.page) for page in pages] == [(1, "/"), (2, "/"), (1, "/cart"), (2, "/cart")]
    first = pages[0]
    assert first.score is not None
    assert (first.vitals[LCP].n, first.vitals[LCP].mean, first.score.mean) == (2, 2000.0, 0.5)
    assert first.vitals[LCP].p75 == pytest.approx(3000, rel=0.011)
    assert (first.vitals[LCP].good, first.vitals[LCP].poor) == (1, 0)
    (only,) = web_vitals.summarise_pages(store.db, MORNING, Micros(MORNING + HOUR), projects=[1])[1:]
    assert (only.page, only.vitals[CLS].n) == ("/cart", 1)
    assert web_vitals.summarise_pages(store.db, END, Micros(END + HOUR)) == []


def test_a_series_has_each_hour(store: FilledStore) -> None:
    fill(store)
    hour = MORNING // HOUR
    found = web_vitals.vital_series(store.db, LCP, MORNING, END)
    assert {bucket: sums.mean for bucket, sums in found.items()} == {
        hour: 1500.0, hour + 1: 3500.0, hour + 2: 5500.0, hour + 3: 7500.0,
    }  # fmt: skip
    assert set(web_vitals.vital_series(store.db, LCP, MORNING, END, page="/cart", projects=[2])) == {
        hour + 2,
        hour + 3,
    }
    assert web_vitals.vital_series(store.db, LCP, MORNING, END, page="/none") == {}
    assert [sums.n for sums in web_vitals.vital_series(store.db, None, MORNING, END).values()] == [2, 2, 2, 2]
    assert web_vitals.vital_series(store.db, WebVital.FID, MORNING, END) == {}


def test_questions_use_their_index(store: FilledStore) -> None:
    fill(store)
    for after in (None, (MORNING, 7)):
        assert_walks(store.plan(web_vitals.page_vitals, after=after), "web_vital_ts")
        assert_walks(
            store.plan(web_vitals.page_vitals, VitalsFilter(page="/"), after=after), "web_vital_page"
        )
    assert_walks(store.plan(web_vitals.trace_vitals, TRACE), "web_vital_trace")
    asked = store.plan(web_vitals.summarise_pages, MORNING, END, projects=[1])
    assert_walks(asked, "SEARCH web_vital_hour USING PRIMARY KEY")
    asked = store.plan(web_vitals.vital_series, LCP, MORNING, END, page="/", projects=[1])
    assert_walks(asked, "SEARCH web_vital_hour USING PRIMARY KEY")
