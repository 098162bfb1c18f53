"""Set before any Qt import: tests draw off-screen unless a developer or CI chose a display."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
