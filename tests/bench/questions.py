"""Lists and searches on a workspace with many events, query engine included."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from tests.bench.report import Report
from vedette.domain.times import DAY, Micros
from vedette.store.engine import Reader
from vedette.store.queries import events, issues
from vedette.store.queries.freeing import would_free
from vedette.store.queries.issue_details import issue_trends
from vedette.store.retention import RetentionLimits
from vedette.store.search import parse_query

ROUNDS = 15


def measure_questions(report: Report, database: Path, count: int) -> None:
    """First pages of every kind, and exact counts of broad filters."""
    report.heading(f"Questions over {count:,} events")
    reader = Reader(database)
    before = psutil.Process().memory_info().rss
    with reader.limit(120) as db:
        at = issues.page_issues(db, issues.IssueFilter(), limit=1)[0].last
        day = Micros(at - DAY)

        def page(
            query: str, sort: issues.IssueSort = issues.IssueSort.LAST, since: Micros | None = None
        ) -> Callable[[], Any]:
            where = issues.IssueFilter(query=parse_query(query), since=since)
            return lambda: issues.page_issues(db, where, sort=sort, limit=50, at=at)

        def total(query: str) -> Callable[[], Any]:
            where = issues.IssueFilter(query=parse_query(query))
            return lambda: issues.count_issues(db, where)

        _ask(report, "issue list, first page", page("is:unresolved"), 5)
        rows = page("is:unresolved")()
        ids = [row.id for row in rows]
        _ask(report, "  with 24 h sparklines of its 50 issues",
             lambda: issue_trends(db, ids, rows[0].last - 86_400_000_000, rows[0].last, 24), 5)  # fmt: skip
        for sort in (issues.IssueSort.PRIORITY, issues.IssueSort.TITLE, issues.IssueSort.TREND):
            _ask(report, f"issue list by {sort.value}", page("is:unresolved", sort), 5)
        _ask(report, "issue list by events of a day", page("is:unresolved", issues.IssueSort.EVENTS, day), 5)
        _ask(report, "full text, one word, by events", page("basket", issues.IssueSort.EVENTS), 20)
        _ask(report, "issues with a common tag", page("is:unresolved browser:Firefox"), 10)
        _ask(report, "issues with two tags", page("browser:Firefox os:Linux"), 10)
        _ask(report, "issues with a rare tag", page("tenant:t7"), 10)
        _ask(report, "issues without a tag", page("!os:Linux browser:[Firefox, Chrome]"), 10)
        _ask(report, "full text, one word", page("basket"), 20)
        _ask(report, "full text, two words and a tag", page("basket price browser:Firefox"), 20)
        _ask(report, "issues with a state or a tag", page("is:resolved OR browser:Firefox"), 10)
        _ask(report, "two tags or, one not", page("(browser:Firefox OR os:Linux) !environment:qa"), 10)
        _ask(report, "a tag among young and frequent issues", page("age:-2d timesSeen:>100 browser:Edge"), 10)
        _ask(report, "issues by a type of error", page("error.type:*Error"), 10)
        _ask(report, "issues by any frame", page("stack.function:*a*"), 10)
        _ask(report, "issues by a span of 56 releases", page("release.version:>=1.20"), 10)
        _ask(report, "what only payloads know", page("stack.lineno:>40"), 2_000)
        _ask(report, "newest events of all", lambda: events.page_events(db, limit=50), 5)
        _ask(report, "newest events of an issue", lambda: events.page_events(db, issue=ids[0], limit=50), 5)
        _ask(report, "what one day of retention would free",
             lambda: would_free(db, RetentionLimits(days=1), Micros(at)), 100)  # fmt: skip
        _ask(report, "exact count, common tag", total("is:unresolved browser:Firefox"), 100)
        _ask(report, "exact count, two tags", total("browser:Firefox os:Linux"), 100)
        _ask(report, "exact count, a common word", total("basket"), 100)
    grown = psutil.Process().memory_info().rss - before
    report.add("memory a reader takes for all these", f"{grown / 1e6:.0f} MB")
    reader.close()


def _ask(report: Report, name: str, question: Callable[[], Any], budget: float) -> None:
    began = time.perf_counter()
    question()
    first = 1000 * (time.perf_counter() - began)
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        question()
        times.append(1000 * (time.perf_counter() - began))
    median = statistics.median(times)
    report.add(name, f"{median:.1f} ms (first time {first:.0f} ms)", f"≤ {budget:g} ms", median <= budget)
