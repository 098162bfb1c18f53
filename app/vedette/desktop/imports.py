"""How modules are imported beside PySide6: without it reading the source of each."""

import sys


def import_without_reading_source() -> None:
    """Keep PySide6 from reading the source of every module that is imported from now on.

    WORKAROUND: PySide6 6.11 (`shibokensupport/feature.py`) looks for its name in the source of each module,
    to know where `from __feature__ import` may mean something, and `linecache` keeps all of it. That is a
    tenth of the time a start takes, and 28 MB. In a packaged program there is no source, and every module
    counts as one that uses PySide6; so it does here. To be deleted once PySide6 reads no source any more.
    """
    import PySide6.QtCore  # noqa: F401 start-up time: only a window needs it

    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None and hasattr(feature, "_mod_uses_pyside"):
        setattr(feature, "_mod_uses_pyside", lambda _: True)  # noqa: B010 no stub knows it
