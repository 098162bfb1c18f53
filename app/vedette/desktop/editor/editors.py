"""The editors that are known: what their programs are called, where they lie, how they take a place. Pure.

Sources: each editor's own page on its command line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vedette.desktop.language import mark


@dataclass(frozen=True, slots=True)
class Editor:
    """One editor. In *arguments* stand ``%f`` for the file, ``%l`` for the line, ``%c`` for the column.

    *programs* are names on the PATH. *places* are full paths by ``sys.platform``, tried after them; module
    `installed` says what ``{apps}``, ``{programs}`` and ``{flatpak}`` stand for; ``*`` is any one folder.
    """

    key: str
    title: str
    programs: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    in_terminal: bool = False


_GOTO = ("--goto", "%f:%l:%c")
_CURSOR = ("+call cursor(%l,%c)", "--", "%f")


def _like_vscode(key: str, title: str, program: str, app: str, exe: str, flatpak: str = "") -> Editor:
    places = {
        "darwin": (f"{{apps}}/{app}.app/Contents/Resources/app/bin/{program}",),
        "win32": (f"{{programs}}/{exe}",),
        "linux": (f"/usr/share/{program}/bin/{program}", f"/snap/bin/{program}")
        + ((f"{{flatpak}}/{flatpak}",) if flatpak else ()),
    }
    return Editor(key, title, (program,), _GOTO, places)


def _jetbrains(key: str, title: str, program: str, app: str) -> Editor:
    places = {
        "darwin": (
            f"{{apps}}/{app}.app/Contents/MacOS/{program}",
            f"~/Library/Application Support/JetBrains/Toolbox/scripts/{program}",
        ),
        "win32": (
            f"{{programs}}/JetBrains/*/bin/{program}64.exe",
            f"{{programs}}/{app}/bin/{program}64.exe",
        ),
        "linux": (
            f"~/.local/share/JetBrains/Toolbox/scripts/{program}",
            f"~/.local/share/JetBrains/Toolbox/apps/*/bin/{program}.sh",
            f"/opt/*/bin/{program}.sh",
        ),
    }
    programs = (program, f"{program}-professional", f"{program}-ultimate", f"{program}-community")
    return Editor(key, title, programs, ("--line", "%l", "--column", "%c", "%f"), places)


CUSTOM = Editor("custom", mark("Custom command"))
"""The command of the preference ``editor.command``."""

EDITORS: tuple[Editor, ...] = (
    _like_vscode(
        "vscode",
        "VS Code",
        "code",
        "Visual Studio Code",
        "Microsoft VS Code/Code.exe",
        "com.visualstudio.code",
    ),
    _like_vscode(
        "vscodium", "VSCodium", "codium", "VSCodium", "VSCodium/VSCodium.exe", "com.vscodium.codium"
    ),
    _like_vscode("cursor", "Cursor", "cursor", "Cursor", "cursor/Cursor.exe"),
    Editor(
        "zed",
        "Zed",
        ("zed", "zeditor"),
        ("%f:%l:%c",),
        {
            "darwin": ("{apps}/Zed.app/Contents/MacOS/cli",),
            "win32": ("{programs}/Zed/bin/zed.exe",),
            "linux": ("~/.local/bin/zed", "{flatpak}/dev.zed.Zed"),
        },
    ),
    _jetbrains("idea", "IntelliJ IDEA", "idea", "IntelliJ IDEA"),
    _jetbrains("pycharm", "PyCharm", "pycharm", "PyCharm"),
    _jetbrains("webstorm", "WebStorm", "webstorm", "WebStorm"),
    _jetbrains("phpstorm", "PhpStorm", "phpstorm", "PhpStorm"),
    _jetbrains("goland", "GoLand", "goland", "GoLand"),
    _jetbrains("rider", "Rider", "rider", "Rider"),
    _jetbrains("clion", "CLion", "clion", "CLion"),
    _jetbrains("rubymine", "RubyMine", "rubymine", "RubyMine"),
    _jetbrains("rustrover", "RustRover", "rustrover", "RustRover"),
    _jetbrains("studio", "Android Studio", "studio", "Android Studio"),
    Editor(
        "sublime",
        "Sublime Text",
        ("subl", "sublime_text"),
        ("%f:%l:%c",),
        {
            "darwin": ("{apps}/Sublime Text.app/Contents/SharedSupport/bin/subl",),
            "win32": ("{programs}/Sublime Text/subl.exe", "{programs}/Sublime Text 3/subl.exe"),
            "linux": ("/opt/sublime_text/sublime_text", "/snap/bin/subl", "{flatpak}/com.sublimetext.three"),
        },
    ),
    Editor(
        "kate", "Kate", ("kate",), ("--line", "%l", "--column", "%c", "%f"), {"linux": ("/snap/bin/kate",)}
    ),
    Editor(
        "notepad++",
        "Notepad++",
        ("notepad++",),
        ("-n%l", "-c%c", "%f"),
        {"win32": ("{programs}/Notepad++/notepad++.exe",)},
    ),
    Editor("xcode", "Xcode", ("xed",), ("--line", "%l", "%f")),
    Editor(
        "gvim",
        "gVim",
        ("gvim", "mvim"),
        _CURSOR,
        {"darwin": ("{apps}/MacVim.app/Contents/bin/gvim",), "win32": ("{programs}/Vim/*/gvim.exe",)},
    ),
    Editor(
        "emacsclient",
        "emacsclient",
        ("emacsclient",),
        ("--no-wait", "--alternate-editor=emacs", "+%l:%c", "%f"),
        {"darwin": ("{apps}/Emacs.app/Contents/MacOS/bin/emacsclient",)},
    ),
    Editor(
        "emacs",
        "Emacs",
        ("emacs", "runemacs"),
        ("+%l:%c", "%f"),
        {
            "darwin": ("{apps}/Emacs.app/Contents/MacOS/Emacs",),
            "win32": ("{programs}/Emacs/*/bin/runemacs.exe",),
        },
    ),
    Editor(
        "neovim",
        "Neovim",
        ("nvim",),
        _CURSOR,
        {"win32": ("{programs}/Neovim/bin/nvim.exe",), "linux": ("/snap/bin/nvim",)},
        in_terminal=True,
    ),
    Editor("vim", "Vim", ("vim",), _CURSOR, {"win32": ("{programs}/Vim/*/vim.exe",)}, in_terminal=True),
    Editor("helix", "Helix", ("hx", "helix"), ("%f:%l:%c",), in_terminal=True),
    CUSTOM,
)
"""In the order they are looked for when the user chose none; the last is the user's own command."""


def editor_of(key: str) -> Editor | None:
    """Return the editor *key* stands for, None for a strange one."""
    return next((editor for editor in EDITORS if editor.key == key), None)
