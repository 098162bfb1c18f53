"""The window's words in the user's language, by Qt's translation.

The sources are English. `packaging/translations/update.py` collects every literal given to `tr` and `mark`
into `resources/translations/vedette_*.ts` and compiles them.
"""

import re

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from vedette.desktop.resources import resources_dir

CONTEXT = ""
"""Qt keeps words by context; all of ours are in one, since the same word should not be translated twice."""
LANGUAGES = {"en": "English", "de": "Deutsch"}
"""What the window can speak, each named in its own words."""
SYSTEM = "system"
PREFERENCE = "language"
"""The preference: a key of LANGUAGES, or SYSTEM."""
_FORMS = re.compile(r"\((?:([^()|]*)\|)?([^()|]*)\)")


def tr(text: str, comment: str = "", n: int = -1) -> str:
    """Return *text* in the user's language; *comment* tells apart what English calls the same.

    With *n*, ``%n`` becomes the number, and English chooses between the forms in brackets:
    ``"%n issue(s)"``, ``"%n entr(y|ies)"``.
    """
    translated = QCoreApplication.translate(CONTEXT, text, comment, n)
    if n < 0 or translated != text.replace("%n", str(n)):
        return translated
    return _FORMS.sub(lambda form: (form[1] or "") if n == 1 else form[2], translated)


def mark(text: str) -> str:
    """Return *text* as it is, noted for translation: a constant, given to `tr` where it is shown."""
    return text


def language_of(choice: str) -> str:
    """Return the language for the preference *choice*: a key of LANGUAGES; the system's if it is one."""
    if choice in LANGUAGES:
        return choice
    system = QLocale.system().name().partition("_")[0]
    return system if system in LANGUAGES else "en"


class Separators:
    """How the language writes numbers: between thousands, and before the decimals."""

    group = ","
    decimal = "."


class Language:
    """The language the application speaks. Windows made before a change keep their words."""

    def __init__(self) -> None:
        self._translators: list[QTranslator] = []
        self.current = "en"

    def speak(self, choice: str) -> None:
        """Speak the language for *choice* from now on; Qt's own dialogs follow where Qt has it."""
        self.current = language_of(choice)
        while self._translators:
            QCoreApplication.removeTranslator(self._translators.pop())
        locale = _locale(self.current)
        QLocale.setDefault(locale)
        Separators.group, Separators.decimal = locale.groupSeparator(), locale.decimalPoint()
        own = resources_dir() / "translations"
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{self.current}", qt), (f"vedette_{self.current}", str(own))):
            translator = QTranslator()
            if translator.load(name, folder):
                QCoreApplication.installTranslator(translator)
                self._translators.append(translator)


def _locale(language: str) -> QLocale:
    """Return the system's own formats if they are of *language*, else the language's usual ones."""
    system = QLocale.system()
    return system if system.name().partition("_")[0] == language else QLocale(language)
