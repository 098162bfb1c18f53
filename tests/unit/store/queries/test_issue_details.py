"""What an issue's page shows: trends in minutes and hours, tags, users, activity, hashes."""

from tests.support.builders import MORNING, an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.times import DAY, HOUR, MINUTE, Micros
from vedette.store.queries import issue_details
from vedette.store.queries.issue_details import TagSummary, TagValue

NOON = MORNING - MORNING % HOUR


def test_trends_count_whole_hours_into_equal_parts(store: FilledStore) -> None:
    hours = [0, 0, 1, 5, 23]
    store.add_all([(an_event(timestamp=NOON + hour * HOUR + MINUTE),) for hour in hours])
    store.add(an_event("KeyError: other", timestamp=NOON + 2 * HOUR))
    store.add(an_event("KeyError: other", timestamp=NOON + DAY))
    trends = issue_details.issue_trends(store.db, [1, 2, 99], NOON, NOON + DAY, 24)
    assert trends[1] == [2, 1, 0, 0, 0, 1] + [0] * 17 + [1]
    assert trends[2] == [0, 0, 1] + [0] * 21
    assert trends[99] == [0] * 24
    assert issue_details.issue_histogram(store.db, 1, NOON, NOON + DAY, 2) == [4, 1]


def test_short_ranges_count_minutes(store: FilledStore) -> None:
    store.add_all([(an_event(timestamp=NOON + n * MINUTE),) for n in (0, 1, 1, 59)])
    assert issue_details.issue_histogram(store.db, 1, NOON, NOON + HOUR, 60) == [1, 2] + [0] * 57 + [1]
    assert issue_details.issue_histogram(store.db, 1, NOON, NOON + HOUR, 4) == [3, 0, 0, 1]


def test_a_range_that_begins_within_an_hour_counts_that_hour_first(store: FilledStore) -> None:
    store.add(an_event(timestamp=NOON + 10 * MINUTE))
    start = NOON + 30 * MINUTE
    assert issue_details.issue_histogram(store.db, 1, start, start + DAY, 24)[0] == 1


def test_trends_go_by_key(store: FilledStore) -> None:
    for width in (HOUR, DAY):
        plan = store.plan(issue_details.issue_trends, [1, 2], NOON, NOON + width, 24)
        assert_walks(plan, "SEARCH issue_minute" if width == HOUR else "SEARCH issue_hour")


def test_tags_are_summed_up_with_the_most_frequent_values_first(store: FilledStore) -> None:
    browsers = ["Firefox", "Chrome", "Firefox", "Safari"]
    for n, browser in enumerate(browsers):
        tags = (("browser", browser), *((("once", "yes"),) if n == 0 else ()))
        store.add(an_event(timestamp=MORNING + n, tags=tags))
    store.add(an_event("KeyError: other", tags=(("browser", "Edge"),)))
    browser, once = issue_details.issue_tags(store.db, 1, top=2)
    assert browser == TagSummary("browser", 4, 3, (TagValue("Firefox", 2), TagValue("Chrome", 1)))
    assert once == TagSummary("once", 1, 1, (TagValue("yes", 1),))
    values = issue_details.tag_values(store.db, 1, "browser")
    assert values[0] == TagValue("Firefox", 2, MORNING, MORNING + 2)
    assert [value.value for value in values] == ["Firefox", "Chrome", "Safari"]
    assert issue_details.tag_values(store.db, 1, "none") == []
    assert issue_details.tag_values(store.db, 1, "browser", 1, values[0]) == values[1:2]
    assert issue_details.tag_values(store.db, 1, "browser", 9, values[2]) == []
    assert_walks(store.plan(issue_details.issue_tags, 1), "SEARCH issue_term USING PRIMARY KEY")
    assert_walks(store.plan(issue_details.tag_values, 1, "browser"), "SEARCH issue_term", "SCAN find VIRTUAL")


def test_first_and_last_of_a_value_are_in_order_though_events_came_late(store: FilledStore) -> None:
    for moment in (MORNING + HOUR, MORNING):
        store.add(an_event(timestamp=moment, tags=(("browser", "Firefox"),)))
    (value,) = issue_details.tag_values(store.db, 1, "browser")
    assert (value.first, value.last) == (MORNING, MORNING + HOUR)


def test_users_come_with_their_events(store: FilledStore) -> None:
    for user in ("id:1", "id:2", "id:2", None):
        store.add(an_event(user=user, tags=(("user", user),) if user else ()))
    assert issue_details.issue_users(store.db, 1) == [TagValue("id:2", 2), TagValue("id:1", 1)]
    assert issue_details.issue_users(store.db, 1, limit=1) == [TagValue("id:2", 2)]
    assert_walks(store.plan(issue_details.issue_users, 1), "SEARCH issue_user USING PRIMARY KEY")


def test_activity_comes_newest_first(store: FilledStore) -> None:
    store.add(an_event())
    store.set("UPDATE issue SET status = 1")
    store.add(an_event())
    kinds = [row.kind for row in issue_details.issue_activities(store.db, 1)]
    assert kinds == ["set_regression", "first_seen"]
    assert [row.kind for row in issue_details.issue_activities(store.db, 1, limit=1)] == ["set_regression"]
    assert_walks(store.plan(issue_details.issue_activities, 1), "activity_issue")


def test_hashes_lead_to_an_issue(store: FilledStore) -> None:
    event = an_event()
    store.add(event)
    assert issue_details.issue_hashes(store.db, 1) == list(event.grouping.hashes)
    assert issue_details.issue_hashes(store.db, 2) == []
    assert_walks(store.plan(issue_details.issue_hashes, 1), "issue_hash_issue")


def test_of_a_time_whose_minutes_are_gone_the_hours_are_counted(store: FilledStore) -> None:
    store.add(an_event(timestamp=NOON))
    store.set("DELETE FROM issue_minute")
    start, end = Micros(NOON - HOUR), Micros(NOON + HOUR)
    assert sum(issue_details.issue_trends(store.db, [1], start, end, 24)[1]) == 0
    found = issue_details.issue_trends(store.db, [1], start, end, 24, minutes_from=end)
    assert sum(found[1]) == 1
