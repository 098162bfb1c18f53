"""Finding what kills digest: the note on disk, read by the process that comes after."""

from pathlib import Path

from vedette.digest.mark import WorkMark


def test_a_process_that_ended_well_leaves_no_suspect(tmp_path: Path) -> None:
    mark = WorkMark(tmp_path / "digest.mark")
    mark.begin(1, 50)
    mark.end()
    assert WorkMark(tmp_path / "digest.mark").suspect is None


def test_a_death_makes_its_whole_batch_suspect_but_nothing_poison(tmp_path: Path) -> None:
    WorkMark(tmp_path / "digest.mark").begin(10, 50)
    after = WorkMark(tmp_path / "digest.mark")
    assert [after.is_suspect(n) for n in (9, 10, 50, 51)] == [False, True, True, False]
    assert not after.is_poison(10)


def test_an_entry_is_poison_after_the_third_death_at_exactly_it(tmp_path: Path) -> None:
    path = tmp_path / "digest.mark"
    WorkMark(path).begin(10, 50)
    for deaths in range(3):
        mark = WorkMark(path)
        assert mark.deaths_at(20) == deaths
        assert not mark.is_poison(20)
        mark.begin_single(20, 50)
    last = WorkMark(path)
    assert last.is_poison(20)
    assert not last.is_poison(21)
    assert last.is_suspect(50)


def test_deaths_at_another_entry_do_not_add_up(tmp_path: Path) -> None:
    path = tmp_path / "digest.mark"
    for entry in (20, 20, 21):
        WorkMark(path).begin_single(entry, 50)
    mark = WorkMark(path)
    assert (mark.deaths_at(20), mark.deaths_at(21)) == (0, 1)


def test_a_note_that_cannot_be_read_suspects_nobody(tmp_path: Path) -> None:
    path = tmp_path / "digest.mark"
    for junk in (b"", b"{", b"[]", b'{"first": "x"}'):
        path.write_bytes(junk)
        assert WorkMark(path).suspect is None
