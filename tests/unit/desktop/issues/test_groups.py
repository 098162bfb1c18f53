"""Issues put together by what they share."""

from tests.support.issue_rows import a_row
from vedette.desktop.issues.groups import GROUP_TITLES, GroupBy, GroupRow, Row, arrange, is_band, row_key
from vedette.desktop.issues.read import ListedIssue
from vedette.domain.levels import Level

ROWS = [
    ListedIssue(a_row(id=1, level=Level.INFO, project_slug="web", filename="a.py")),
    ListedIssue(a_row(id=2, level=Level.FATAL, project_slug="shop", filename="", last_release="2.0")),
    ListedIssue(a_row(id=3, level=Level.INFO, project_slug="web", filename="b.py")),
]


def shape(rows: list[Row]) -> list[object]:
    return [row.value if isinstance(row, GroupRow) else row.issue.id for row in rows]


def test_without_groups_rows_stay_as_they_are() -> None:
    assert arrange(ROWS, GroupBy.NOTHING, ()) == ROWS


def test_groups_stand_in_the_order_of_their_first_rows() -> None:
    assert shape(arrange(ROWS, GroupBy.PROJECT, ())) == ["web", 1, 3, "shop", 2]
    assert shape(arrange(ROWS, GroupBy.FILE, ())) == ["a.py", 1, "", 2, "b.py", 3]


def test_levels_stand_from_the_gravest_down() -> None:
    assert shape(arrange(ROWS, GroupBy.LEVEL, ())) == ["fatal", 2, "info", 1, 3]


def test_a_folded_group_is_only_its_band() -> None:
    rows = arrange(ROWS, GroupBy.PROJECT, {"web"})
    assert shape(rows) == ["web", "shop", 2]
    assert isinstance(rows[0], GroupRow)
    assert rows[0].sentence == "Project web, 2 issues, folded"


def test_bands_say_what_is_shared_and_how_many_share_it() -> None:
    band = GroupRow(GroupBy.RELEASE, "", 1)
    assert (band.title, band.counted, band.sentence) == (
        "No release",
        "1",
        "Release No release, 1 issue, unfolded",
    )
    assert GroupRow(GroupBy.LEVEL, "fatal", 7, is_open_ended=True).counted == "7+"
    assert GroupRow(GroupBy.LEVEL, "fatal", 7).title == "Fatal"
    assert GroupRow(GroupBy.KIND, "default", 7).title == "Message"
    assert all(GroupRow(by, "", 1).title for by in GROUP_TITLES if by not in (GroupBy.NOTHING, GroupBy.LEVEL))


def test_bands_and_issues_have_keys_that_never_meet() -> None:
    rows = arrange(ROWS, GroupBy.PROJECT, ())
    keys = [row_key(row) for row in rows]
    assert keys == [("group", "web"), 1, 3, ("group", "shop"), 2]
    assert [is_band(row) for row in rows] == [True, False, False, True, False]
