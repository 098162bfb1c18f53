"""What the issue view asks the store."""

from pathlib import Path

from tests.support.issue_desk import NOON, IssueDesk
from vedette.desktop.issue.read import (
    BUCKETS,
    find_attachment,
    histogram_range,
    read_head,
    read_issue,
    read_page,
    read_raw,
)
from vedette.desktop.issue.source.looking import SourceState
from vedette.domain.times import DAY, HOUR, MINUTE, Micros
from vedette.store.engine import Reader


def an_error(number: int) -> dict[str, object]:
    return {
        "event_id": f"{number:032x}",
        "platform": "python",
        "exception": {"values": [{"type": "KeyError", "value": "'till'"}]},
    }


def test_an_issue_comes_with_its_event_laid_out(desk: IssueDesk) -> None:
    desk.digest("py-shop-rich")
    reader = Reader(desk.workspace.database)
    found = read_issue(reader.db, desk.workspace, desk.issues()[0].id, "recommended", NOON)
    reader.close()
    assert found is not None
    assert found.page is not None
    assert found.head.issue.short == "DESK-1"
    assert sum(found.head.histogram) == 1
    assert [row.title for row in found.page.outline] == ["ValueError: total is off: 28.0 ≠ 27.5"]
    assert [frame.function for frame in found.page.stacks["exception 0"]] == ["rich"]
    assert len(found.page.crumbs) == 4
    assert dict(found.page.tags)["branch"] == "north"
    assert found.page.raw.startswith(b'{"level":"error"')
    assert found.page.grouping


def test_an_issue_that_is_gone_is_none(desk: IssueDesk) -> None:
    reader = Reader(desk.workspace.database)
    assert read_issue(reader.db, desk.workspace, 99, "latest", NOON) is None
    assert read_head(reader.db, 99, NOON) is None
    assert read_page(reader.db, desk.workspace, 99, "latest") is None
    reader.close()


def test_an_unknown_event_id_gives_the_recommended_one(desk: IssueDesk) -> None:
    desk.send(an_error(1))
    reader = Reader(desk.workspace.database)
    found = read_issue(reader.db, desk.workspace, desk.issues()[0].id, "f" * 32, NOON)
    reader.close()
    assert found is not None
    assert found.page is not None
    assert found.page.row.event_id == f"{1:032x}"


def test_a_payload_taken_by_retention_is_said_in_words(desk: IssueDesk) -> None:
    desk.send(an_error(1))
    desk.writer.raw.execute("DELETE FROM payload")
    reader = Reader(desk.workspace.database)
    page = read_page(reader.db, desk.workspace, desk.issues()[0].id, "latest")
    reader.close()
    assert page is not None
    assert page.event == {}
    assert "removed by retention" in page.missing


def test_attachments_are_listed_and_read(desk: IssueDesk) -> None:
    desk.digest("py-shop-attachments")
    reader = Reader(desk.workspace.database)
    page = read_page(reader.db, desk.workspace, desk.issues()[0].id, "latest")
    assert page is not None
    assert [(file.name, file.size) for file in page.attachments] == [
        ("till.log", 14),
        ("dump.bin", 2048),
        ("state.json", 19),
    ]
    assert find_attachment(reader.db, desk.workspace, page.attachments[0]).read() == b"line 1\nline 2\n"
    reader.close()


def test_source_comes_from_the_project_s_folder(desk: IssueDesk, tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    text = "\n" * 153 + '        raise ValueError("total is off: 28.0 ≠ 27.5")  # !rich\n'
    (folder / "shop.py").write_text(text, encoding="utf-8")
    desk.digest("py-shop-rich")
    desk.writer.raw.execute("UPDATE project SET folder = ?", (str(folder),))
    reader = Reader(desk.workspace.database)
    page = read_page(reader.db, desk.workspace, desk.issues()[0].id, "latest")
    reader.close()
    assert page is not None
    assert page.sources["exception 0", 0].state is SourceState.SAME_TEXT


def test_source_comes_from_a_mapped_folder(desk: IssueDesk, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "shop.py").write_text("x = 1\n" * 200, encoding="utf-8")
    desk.digest("py-shop-chained")
    desk.writer.raw.execute(
        "INSERT INTO project_mapping (project, n, prefix, folder) VALUES (1, 0, '/srv/demo/apps/py', ?)",
        (str(folder),),
    )
    reader = Reader(desk.workspace.database)
    page = read_page(reader.db, desk.workspace, desk.issues()[0].id, "latest")
    reader.close()
    assert page is not None
    assert page.roots.folders == (folder,)
    assert page.sources["exception 0", 0].path == folder / "shop.py"


def test_the_histogram_covers_the_issue_s_life_in_parts_the_store_can_count() -> None:
    now = Micros(NOON + 3 * HOUR)
    assert histogram_range(NOON, NOON, now) == (NOON, now)
    assert histogram_range(Micros(now - 5 * MINUTE), now, now)[0] == now + 1 - BUCKETS * MINUTE
    start, end = histogram_range(Micros(now - 2 * DAY - HOUR), NOON, now)
    assert end - start == BUCKETS * HOUR
    start, end = histogram_range(Micros(now - 90 * DAY), NOON, now)
    assert end - start == 90 * DAY


def test_raw_bytes_stay_as_they_came() -> None:
    raw = read_raw('{"a": 1,  "ü": [1]}'.encode())
    assert raw.text == '{"a": 1,  "ü": [1]}'
    assert raw.value == {"a": 1, "ü": [1]}
    assert read_raw(b"no json \xff").value is None
