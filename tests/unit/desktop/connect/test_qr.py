import pytest
import segno
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from vedette.desktop.connect.qr import QUIET, QrCode, Run, dark_runs, qr_code
from vedette.desktop.connect.qr_view import QrView
from vedette.desktop.theme.theme import SchemeSetting, Theme

DSN = "http://3c53f2dba3ec93f6e33c3d6c70477f2f@192.168.1.20:8969/1"


def test_the_code_is_what_the_library_makes_of_the_text() -> None:
    code = qr_code(DSN)
    made = segno.make_qr(DSN, error="m", boost_error=False)
    assert code.rows == tuple(tuple(bool(cell) for cell in row) for row in made.matrix)
    assert code.side == len(code.rows) + 2 * QUIET


def test_its_corners_hold_the_finder_patterns() -> None:
    rows = qr_code(DSN).rows
    for row in (rows[0], rows[6]):
        assert row[:7] == (True,) * 7
        assert row[-7:] == (True,) * 7
    assert rows[1][:7] == (True, False, False, False, False, False, True)


def test_runs_cover_each_dark_module_once() -> None:
    code = qr_code(DSN)
    covered = [(x, run.y) for run in dark_runs(code) for x in range(run.x, run.x + run.width)]
    dark = {(x + QUIET, y + QUIET) for y, row in enumerate(code.rows) for x, cell in enumerate(row) if cell}
    assert len(covered) == len(set(covered))
    assert set(covered) == dark


def test_neighbours_in_a_row_are_one_run() -> None:
    code = QrCode(((True, True, False), (False, False, True)))
    assert dark_runs(code) == [Run(QUIET, QUIET, 2), Run(QUIET + 2, QUIET + 1, 1)]


def test_a_text_too_long_for_any_code_is_refused() -> None:
    with pytest.raises(ValueError):
        qr_code("x" * 5_000)


@pytest.mark.parametrize("scheme", [SchemeSetting.LIGHT, SchemeSetting.DARK, SchemeSetting.CONTRAST])
def test_it_is_drawn_dark_on_light_in_every_theme(scheme: SchemeSetting, theme: Theme, qtbot: QtBot) -> None:
    theme.set_setting(scheme)
    view = QrView(theme, name="qr", title="QR code of the DSN")
    qtbot.addWidget(view)
    view.set_text(DSN)
    view.resize(view.sizeHint())
    code = qr_code(DSN)
    picture = view.grab().toImage()
    module = view.width() // code.side
    left = (view.width() - module * code.side) // 2
    for y, row in enumerate(code.rows):
        for x, dark in enumerate(row):
            at = QPoint(left + (x + QUIET) * module + module // 2, left + (y + QUIET) * module + module // 2)
            assert (picture.pixelColor(at).lightness() < 128) is dark
    assert view.accessibleName()
    assert view.text() == DSN
