import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vedette.desktop.theme.theme import Density, SchemeSetting, Theme, resolve_scheme
from vedette.desktop.theme.tokens import Scheme
from vedette.desktop.theme.typography import FONT_ROLES, choose_typeface


@pytest.mark.parametrize(
    ("setting", "system", "high", "scheme"),
    [
        ("system", Qt.ColorScheme.Unknown, False, Scheme.LIGHT),
        ("system", Qt.ColorScheme.Light, False, Scheme.LIGHT),
        ("system", Qt.ColorScheme.Dark, False, Scheme.DARK),
        ("system", Qt.ColorScheme.Dark, True, Scheme.CONTRAST),
        ("light", Qt.ColorScheme.Dark, True, Scheme.LIGHT),
        ("dark", Qt.ColorScheme.Light, False, Scheme.DARK),
        ("contrast", Qt.ColorScheme.Light, False, Scheme.CONTRAST),
    ],
)
def test_the_setting_wins_over_the_desktop(
    setting: str, system: Qt.ColorScheme, high: bool, scheme: Scheme
) -> None:
    assert resolve_scheme(SchemeSetting(setting), system, high_contrast=high) is scheme


def test_a_switch_changes_colours_and_palette_at_once_and_tells_everyone(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    assert theme.color("bg.canvas").name() == "#ffffff"
    with qtbot.waitSignal(theme.changed):
        theme.set_setting(SchemeSetting.DARK)
    assert theme.color("bg.canvas").name() == "#16191d"
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.Base).name() == "#16191d"
    assert palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Highlight).name() == "#173a63"
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_setting(SchemeSetting.DARK)


def test_an_icon_handed_out_earlier_follows_the_theme(theme: Theme) -> None:
    icon = theme.icon("circle-alert", "text")
    light = icon.pixmap(32, 32).toImage()
    theme.set_setting(SchemeSetting.DARK)
    dark = icon.pixmap(32, 32).toImage()

    def brightest(image: object) -> int:
        return max(
            image.pixelColor(x, y).lightness()  # type: ignore[attr-defined]
            for x in range(32)
            for y in range(32)
            if image.pixelColor(x, y).alpha() > 200  # type: ignore[attr-defined]
        )

    assert brightest(light) < 60
    assert brightest(dark) > 200


def test_an_icon_is_drawn_at_the_device_s_own_resolution(theme: Theme) -> None:
    assert theme.icon_pixmap("search", size=16, ratio=2.0).size().width() == 32
    assert theme.icon_pixmap("search", size=16, ratio=1.25).devicePixelRatio() == 1.25


def test_an_unknown_token_or_icon_is_an_error_at_once(theme: Theme) -> None:
    with pytest.raises(KeyError):
        theme.color("text.purple")
    with pytest.raises(FileNotFoundError):
        theme.icon_pixmap("no-such-icon")


@pytest.mark.parametrize("role", sorted(FONT_ROLES))
def test_every_font_role_is_drawn_in_a_bundled_family(theme: Theme, role: str) -> None:
    family = QFontInfo(theme.font(role)).family()
    assert family == ("JetBrains Mono" if role.startswith("code") else "Inter")


def test_digits_in_number_columns_are_equally_wide(theme: Theme) -> None:
    metrics = theme.metrics("number")
    assert metrics.horizontalAdvance("1111") == pytest.approx(metrics.horizontalAdvance("8888"), abs=0.01)


def test_code_shows_no_ligatures(theme: Theme) -> None:
    metrics = theme.metrics("code")
    assert metrics.horizontalAdvance("!=") == pytest.approx(2 * metrics.horizontalAdvance("a"), abs=0.5)


def test_rows_grow_with_lines_font_and_density(theme: Theme) -> None:
    one, two = theme.row_height("body"), theme.row_height("title", "caption")
    three = theme.row_height("title", "body", "caption")
    assert 26 <= one < two < three
    theme.set_density(Density.COMPACT)
    assert theme.row_height("title", "caption") < two
    theme.set_density(Density.COMFORTABLE)
    theme.set_zoom(1.5)
    assert theme.row_height("body") > one * 1.2


@pytest.mark.parametrize(
    ("family", "bundled", "expected"),
    [
        ("Segoe UI", False, "Segoe UI"),
        ("Segoe UI", None, "Segoe UI"),
        ("Cantarell", None, "Cantarell"),
        ("Segoe UI", True, "Inter"),
        ("DejaVu Sans", False, "DejaVu Sans"),
    ],
)
def test_the_system_s_own_font_is_used_where_it_has_one(
    family: str, bundled: bool | None, expected: str
) -> None:
    assert choose_typeface(family, 10, "Consolas", bundled=bundled).ui == expected


def test_a_stand_in_font_gives_way_to_the_bundled_one_on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert choose_typeface("DejaVu Sans", 9, "DejaVu Sans Mono").ui == "Inter"
    assert choose_typeface("DejaVu Sans", 9, "DejaVu Sans Mono").points == 9.75
    monkeypatch.setattr("sys.platform", "win32")
    assert choose_typeface("DejaVu Sans", 9, "Consolas").ui == "DejaVu Sans"


def test_a_wish_for_contrast_is_followed_while_the_window_is_open(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        pytest.skip("before Qt 6.10 the system's wish is not told")
    theme.set_setting(SchemeSetting.SYSTEM)
    before = theme.scheme
    monkeypatch.setattr("vedette.desktop.theme.theme._high_contrast", lambda: True)
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert theme.scheme is Scheme.CONTRAST
    monkeypatch.setattr("vedette.desktop.theme.theme._high_contrast", lambda: False)
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.NoPreference)
    assert theme.scheme is before


def test_windows_have_the_style_sheet_and_the_application_has_none(qtbot: QtBot, theme: Theme) -> None:
    # An application's sheet makes Qt go through every part of a view each time it is put into another.
    assert QApplication.instance().styleSheet() == ""
    dressed, shown, inside = QWidget(), QWidget(), QWidget()
    qtbot.addWidget(dressed)
    qtbot.addWidget(shown)
    inside.setParent(shown)
    theme.dress(dressed)
    assert dressed.styleSheet()
    assert shown.styleSheet() == ""
    shown.show()
    assert shown.styleSheet() == dressed.styleSheet()
    assert inside.styleSheet() == ""
    before = shown.styleSheet()
    theme.set_setting(SchemeSetting.DARK)
    assert dressed.styleSheet() == shown.styleSheet() != before
