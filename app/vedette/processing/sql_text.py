"""SQL statements without what varies from call to call. Text in, text out; any dialect, nothing is parsed.

Literals and parameters become ``%s``, lists of them one; quoted names lose their quotes, columns their table,
lists of columns become ``..``; comments go.
"""

import re
from functools import lru_cache

# In order: what may hold another's beginning comes first. An unfinished text goes on to the end, so that
# every place of the statement is looked at once.
_TOKENS = re.compile(
    r"""
    (?P<comment>/\*.*?(?:\*/|$)|--[^\n]*)
    |(?P<text>(?:\b[EeNnBbXx])?'(?:[^'\\]|''|\\(?:.|$))*(?:'|$)|\$\$.*?(?:\$\$|$))
    |(?P<name>(?:(?:"[^"]*"|`[^`]*`|\[[A-Za-z_][^\]]*\]|[A-Za-z_][\w$]*)\.)*
        (?:"[^"]*"|`[^`]*`|\[[A-Za-z_][^\]]*\]|[A-Za-z_][\w$]*))
    |(?P<place>\$\d+|\?\d*|%s|%\(\w+\)s|[:@]\w+(?<!:)|\#\{\w+\})
    |(?P<number>-?(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?))
    |(?P<space>\s+)
    |(?P<cast>::)
    """,
    re.VERBOSE | re.DOTALL,
)
_QUALIFIED = re.compile(r'("[^"]*"|`[^`]*`|\[[^\]]*\]|[\w$]+)$')
_NUMBER = re.compile(r"(?<![\w$?])\d+")
_NAME_OR_NUMBER = re.compile(r"""("[^"]*"|`[^`]*`|\[[A-Za-z_][^\]]*\])|(?<![\w$?])\d+""")
_DOUBLE_QUOTED = re.compile(r'"(?:[^"\\]|""|\\.)*"', re.DOTALL)
_QUOTES = str.maketrans("", "", '"`[]')
_TRUTHS = frozenset(("true", "false"))
_IN_LIST = re.compile(r"\b(IN) ?\( ?%s(?: ?, ?%s)* ?\)", re.IGNORECASE)
_VALUES = re.compile(r"\b(VALUES) ?\([^()]*\)(?: ?, ?\([^()]*\))*", re.IGNORECASE)
_COLUMN = r"[\w$.*]+(?: AS [\w$]+)?"
_SELECTED = re.compile(rf"\b(SELECT(?: DISTINCT)?) {_COLUMN}(?: ?, ?{_COLUMN})+(?= FROM\b)", re.IGNORECASE)
_INSERTED = re.compile(r"\b(INTO [\w$.]+) ?\([\w$. ,]*\)", re.IGNORECASE)
_SAVEPOINT = re.compile(r"\b((?:RELEASE |ROLLBACK TO )?SAVEPOINT) [\w$]+", re.IGNORECASE)
_SAID_TWICE = re.compile(r"%s(?: ?, ?%s)+")


def normalise_sql(statement: str, *, double_quoted_texts: bool = False) -> str:
    """Return *statement* without literals, quotes, comments and the lengths of lists.

    With *double_quoted_texts* what stands in double quotes is a literal, as in MySQL, else a name.
    """
    # Whatever its numbers are, it comes out the same; without them most statements have been seen before.
    if '"' in statement or "`" in statement or "[" in statement:
        statement = _NAME_OR_NUMBER.sub(_without_number, statement)
    else:
        statement = _NUMBER.sub("0", statement)
    return _normalise(statement, double_quoted_texts)


def _without_number(found: "re.Match[str]") -> str:
    return found[0] if found.lastindex else "0"


@lru_cache(maxsize=8_192)
def _normalise(statement: str, double_quoted_texts: bool) -> str:
    if double_quoted_texts:
        statement = _DOUBLE_QUOTED.sub("%s", statement)
    text = _TOKENS.sub(_token, statement).strip().rstrip(";").rstrip()
    folded = text.upper()
    if " IN" in folded or "(IN" in folded:
        text = _IN_LIST.sub(r"\1 (%s)", text)
    if "VALUES" in folded:
        text = _VALUES.sub(r"\1 (%s)", text)
    if "INTO " in folded:
        text = _INSERTED.sub(r"\1 (..)", text)
    if "SELECT" in folded:
        text = _SELECTED.sub(r"\1 ..", text)
    if "SAVEPOINT" in folded:
        text = _SAVEPOINT.sub(r"\1 %s", text)
    return _SAID_TWICE.sub("%s", text)


def _token(found: "re.Match[str]") -> str:
    kind, text = found.lastgroup, found[0]
    if kind == "name":
        if "." in text or text[0] in '"`[':
            last = _QUALIFIED.search(text)
            text = (last[0] if last else text).translate(_QUOTES)
        return "%s" if text.lower() in _TRUTHS else text
    if kind == "space":
        return " "
    if kind == "comment":
        return ""
    if kind == "cast":
        return text
    return "%s"
