"""A picture that came with an event."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from vedette.desktop.issue.pages.image_view import LEAST, MOST, ImageView
from vedette.desktop.theme.theme import Theme


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> ImageView:
    found = ImageView(theme, name="event.attachment.image")
    qtbot.addWidget(found)
    found.resize(400, 300)
    found.show()
    image = QImage(800, 400, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.red)
    found.set_image(image, "Image s.png, 800 by 400 pixels")
    return found


def test_it_fits_the_view_and_follows_its_size(view: ImageView) -> None:
    assert view.fits
    assert view.zoom == pytest.approx(0.5, abs=0.01)
    view.resize(200, 300)
    assert view.zoom == pytest.approx(0.25, abs=0.01)
    small = QImage(20, 10, QImage.Format.Format_RGB32)
    view.set_image(small, "small")
    assert view.zoom == 1.0, "never larger than it is"


def test_zoom_keeps_the_pixel_under_the_pointer(view: ImageView) -> None:
    view.show_pixels()
    at = QPointF(100, 80)
    before = view._place(at)
    view.zoom_to(4.0, at)
    after = view._place(at)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=1)
    view.zoom_to(1_000)
    assert view.zoom == MOST
    view.zoom_to(0)
    assert view.zoom == LEAST


def test_keys_zoom_and_fit(view: ImageView, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_1)
    assert (view.zoom, view.fits) == (1.0, False)
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == pytest.approx(1.25)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(1.0)
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.fits


def test_the_grid_stands_between_large_pixels_only(view: ImageView, theme: Theme) -> None:
    def lines() -> int:
        image = view.viewport().grab().toImage()
        line = theme.color("border.control")
        return sum(image.pixelColor(x, 100) == line for x in range(image.width()))

    view.grid = True
    view.zoom_to(4.0)
    assert lines() == 0
    view.zoom_to(16.0)
    assert lines() >= 20
