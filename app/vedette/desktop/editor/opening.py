"""Opening a file in the user's editor, or showing it in the file manager. Nothing goes through a shell."""

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from vedette.desktop.editor.editors import CUSTOM, Editor, editor_of
from vedette.desktop.editor.installed import BATCH, find_on_path, installed_editors
from vedette.desktop.editor.template import fill, split_command
from vedette.desktop.editor.terminal import in_terminal
from vedette.desktop.language import tr
from vedette.desktop.preferences import Preferences

NAME, COMMAND = "editor.name", "editor.command"
"""Preferences: the key of an editor, "" for the first one found; the custom command."""
_MEANT_BY_CMD = set('&|<>^%!"()\n')


def open_in_editor(
    preferences: Preferences, path: Path | str, line: int | None = None, column: int | None = None
) -> str:
    """Open *path* at *line* and *column* (from 1) in the editor the user chose, else the first one found.

    Return "", or a sentence on why it could not be done. The editor lives on without Vedette.
    """
    file = Path(path).absolute()  # so that no file name can be read as an option
    if not file.is_file():
        return tr("The file is not there any more: {path}").format(path=file)
    command = _command(preferences, str(file), max(1, line or 1), max(1, column or 1))
    return command if isinstance(command, str) else _start(command, file.parent)


def editor_title(preferences: Preferences) -> str:
    """Return the name of the editor that would be opened, "" for none. Fast once editors were looked for."""
    chosen = _chosen(preferences)
    if chosen is CUSTOM:
        return tr("your editor")
    if chosen is not None:
        return chosen.title
    found = installed_editors()
    return found[0].editor.title if found else ""


def reveal_file(path: Path | str) -> str:
    """Show *path* in the system's file manager, marked where it can; return "" or a sentence why not."""
    file = Path(path).absolute()
    if not file.exists():
        return tr("The file is not there any more: {path}").format(path=file)
    if sys.platform == "darwin":
        return _start(["/usr/bin/open", "-R", str(file)], file.parent)
    if sys.platform == "win32" and _start(["explorer.exe", f"/select,{file}"], file.parent) == "":
        return ""
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent))):
        return ""
    return tr("No file manager could be opened for {folder}").format(folder=file.parent)


def _chosen(preferences: Preferences) -> Editor | None:
    key = preferences.get(NAME, "")
    if key == CUSTOM.key and not preferences.get(COMMAND, "").strip():
        return None
    return editor_of(key)


def _command(preferences: Preferences, path: str, line: int, column: int) -> list[str] | str:
    """Return what is to be started, or a sentence on why there is nothing."""
    chosen = _chosen(preferences)
    if chosen is CUSTOM:
        return _custom(preferences.get(COMMAND, ""), path, line, column)
    found = installed_editors()
    if chosen is not None:
        found = tuple(one for one in found if one.editor is chosen)
        if not found:
            text = tr("{editor} was not found on this machine. Choose another editor in Settings › Editor.")
            return text.format(editor=chosen.title)
    if not found:
        return tr("No editor was found on this machine. Name yours in Settings › Editor.")
    editor, program = found[0].editor, found[0].program
    command = [str(program), *fill(editor.arguments, path, line, column)]
    if not editor.in_terminal:
        return command
    terminal = in_terminal(command)
    if terminal is None:
        return tr("No terminal was found for {editor}.").format(editor=editor.title)
    return terminal


def _custom(text: str, path: str, line: int, column: int) -> list[str] | str:
    try:
        words = split_command(text, windows=sys.platform == "win32")
    except ValueError:
        return tr("A quotation mark of the editor command is not closed. See Settings › Editor.")
    program = find_on_path(words[0]) if words else None
    if program is None:
        text = tr("The program of the editor command was not found: {program}. See Settings › Editor.")
        return text.format(program=words[0] if words else "")
    return [str(program), *fill(words[1:], path, line, column)]


def _start(command: list[str], folder: Path) -> str:
    program, *arguments = command
    if Path(program).suffix.lower() in BATCH and _MEANT_BY_CMD & set("".join(arguments)):
        # Windows runs batch files through its shell, which would take these letters for its own.
        return tr("{program} is a batch file and cannot be given this path safely.").format(program=program)
    process = QProcess()
    process.setProgram(program)
    process.setArguments(arguments)
    process.setWorkingDirectory(str(folder))
    for way in (process.setStandardOutputFile, process.setStandardErrorFile):
        way(QProcess.nullDevice())
    answer: Any = process.startDetached()  # with the process id in some releases, in spite of the stubs
    started = answer[0] if isinstance(answer, tuple) else answer
    return "" if started else tr("{program} could not be started.").format(program=program)
