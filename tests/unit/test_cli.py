"""What the command line makes of its arguments."""

from pathlib import Path

import pytest

from vedette import main as parts
from vedette.cli import main, with_open

LINK = "vedette://desk/issues/DESK-12?query=a%20b"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ([LINK], ["open", LINK]),
        (["--data", "demo", LINK], ["--data", "demo", "open", LINK]),
        (
            ["--theme", "dark", "--new-window", LINK.upper()],
            ["--theme", "dark", "--new-window", "open", LINK.upper()],
        ),
        (["--data=x", LINK], ["--data=x", "open", LINK]),
        (["open", LINK], ["open", LINK]),
        (["serve", "--port", "0"], ["serve", "--port", "0"]),
        (["--data", LINK], ["--data", LINK]),
        (["--", LINK], ["--", "open", LINK]),
        ([], []),
    ],
)
def test_a_link_alone_means_to_open_it(given: list[str], meant: list[str]) -> None:
    assert with_open(given) == meant


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    calls: list[tuple[object, ...]] = []

    def run(folder: Path, *, theme: str | None, link: str = "", new_window: bool = False) -> int:
        calls.append((folder, theme, link, new_window))
        return 0

    monkeypatch.setattr(parts, "run_window", run)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return calls


def test_options_before_and_after_the_command_count(opened: list[tuple[object, ...]], tmp_path: Path) -> None:
    assert main(["--data", str(tmp_path), "--theme", "dark", LINK]) == 0
    assert main(["open", "--data", str(tmp_path), "--new-window", "--", LINK]) == 0
    assert main(["--data", str(tmp_path), "--new-window"]) == 0
    assert opened == [
        (tmp_path, "dark", LINK, False),
        (tmp_path, None, LINK, True),
        (tmp_path, None, "", True),
    ]


def test_what_is_no_link_is_refused_with_a_sentence(
    opened: list[tuple[object, ...]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for target in ("DESK-12", str(tmp_path), str(tmp_path / "gone.envelope"), "https://example.com"):
        assert main(["open", target]) == 2
        assert f"{target} is neither a file nor a link" in capsys.readouterr().err
    assert opened == []


def test_a_file_is_handed_on_by_its_whole_path(
    opened: list[tuple[object, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ein Überfall.envelope").write_bytes(b"{}")
    monkeypatch.chdir(tmp_path)
    assert main(["open", "--data", str(tmp_path), "ein Überfall.envelope"]) == 0
    assert opened[0][2] == (tmp_path / "ein Überfall.envelope").as_uri()


def test_nothing_after_a_link_is_taken_for_an_option(opened: list[tuple[object, ...]]) -> None:
    with pytest.raises(SystemExit):
        main(["open", "--", LINK, "--data", "/elsewhere"])
    assert opened == []


def test_without_a_display_a_link_is_refused(
    opened: list[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert main([LINK]) == 2
    assert "no display here" in capsys.readouterr().err
    assert opened == []
