"""The number on the program's icon in the task bar or dock, where the system has one and Qt offers it."""

from PySide6.QtGui import QGuiApplication


def set_badge(count: int) -> None:
    """Show *count* on the program's icon, nothing for 0; does nothing where Qt cannot (before 6.5)."""
    app = QGuiApplication.instance()
    if isinstance(app, QGuiApplication) and hasattr(app, "setBadgeNumber"):
        app.setBadgeNumber(count)
