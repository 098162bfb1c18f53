import re
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import vedette.desktop
from vedette.desktop import resources
from vedette.desktop.theme.tokens import Scheme, shade

ROOT = resources.resources_dir()


def test_every_icon_named_in_the_desktop_s_code_is_bundled() -> None:
    named = set()
    for path in Path(vedette.desktop.__file__).parent.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'icon(?:_pixmap)?(?:=|\()\s*"([a-z0-9-]+)"', source))
    assert named >= {"search", "copy"}
    assert sorted(name for name in named if not (ROOT / "icons/lucide" / f"{name}.svg").is_file()) == []


@pytest.mark.parametrize("path", sorted((ROOT / "icons/lucide").glob("*.svg")), ids=lambda path: path.stem)
def test_every_line_icon_takes_its_colour_and_stroke_from_the_theme(path: Path) -> None:
    svg = path.read_text(encoding="utf-8")
    assert "currentColor" in svg
    assert 'stroke-width="2"' in svg
    assert 'viewBox="0 0 24 24"' in svg


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_signs_in_controls_have_the_theme_s_colours(scheme: Scheme) -> None:
    folder = ROOT / "icons/controls" / scheme.value
    assert shade("text.muted", scheme) in (folder / "chevron-down.svg").read_text(encoding="utf-8")
    for name in ("check", "dash", "dot"):
        assert shade("accent.on", scheme) in (folder / f"{name}.svg").read_text(encoding="utf-8")


def test_fonts_come_with_their_licences() -> None:
    fonts = ROOT / "fonts"
    assert sorted(resources.FONT_FILES) == sorted(path.name for path in fonts.glob("*.ttf"))
    for name in ("OFL-Inter.txt", "OFL-JetBrainsMono.txt"):
        assert "SIL OPEN FONT LICENSE" in (fonts / name).read_text(encoding="utf-8").upper()
    assert "ISC" in (ROOT / "icons/lucide/LICENSE").read_text(encoding="utf-8")


def test_the_application_icon_has_every_size(qtbot: QtBot) -> None:
    sizes = {size.width() for size in resources.app_icon().availableSizes()}
    assert sizes == set(resources.APP_ICON_SIZES)


@pytest.mark.parametrize("state", resources.TRAY_STATES)
@pytest.mark.parametrize("mono", [False, True])
def test_each_tray_state_looks_different(qtbot: QtBot, state: str, mono: bool) -> None:
    mine = resources.tray_icon(state, mono=mono).pixmap(44, 44).toImage()
    assert not mine.isNull()
    others = [
        resources.tray_icon(other, mono=mono).pixmap(44, 44).toImage() for other in resources.TRAY_STATES
    ]
    assert sum(mine == other for other in others) == 1
