"""The user's editor: which are there, and opening a file in it at a line and column."""

from vedette.desktop.editor.editors import CUSTOM, EDITORS, Editor
from vedette.desktop.editor.installed import InstalledEditor, installed_editors
from vedette.desktop.editor.opening import editor_title, open_in_editor, reveal_file

__all__ = [
    "CUSTOM",
    "EDITORS",
    "Editor",
    "InstalledEditor",
    "editor_title",
    "installed_editors",
    "open_in_editor",
    "reveal_file",
]
