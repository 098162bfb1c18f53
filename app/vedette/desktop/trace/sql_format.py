"""A database statement laid out for reading: a clause a line, nested ones indented. Pure.

Only the layout changes: every token stays as sent, so that dialects, placeholders and cut statements pass.
"""

import re
from dataclasses import dataclass, field

MOST = 20_000
"""Characters above which a statement is left as it came."""
_TOKEN = re.compile(
    r"""(?P<blank>\s+)
    |(?P<comment>--[^\n]*|/\*.*?(?:\*/|$))
    |(?P<string>'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`[^`]*`?|\[[A-Za-z_][^\]\n]*\])
    |(?P<dollar>\$(?P<tag>\w*)\$.*?(?:\$(?P=tag)\$|$))
    |(?P<word>[^\W\d][\w$]*)
    |(?P<mark>%\(\w+\)s|%s|:\w+|@\w+|\$\d+|\?\d*)
    |(?P<number>\d[\w.]*)
    |(?P<sign>::|<>|!=|<=|>=|\|\||->>|->|.)""",
    re.VERBOSE | re.DOTALL,
)
_CLAUSES = (
    ("INSERT", "INTO"), ("DELETE", "FROM"), ("GROUP", "BY"), ("ORDER", "BY"), ("PARTITION", "BY"),
    ("LEFT", "OUTER", "JOIN"), ("RIGHT", "OUTER", "JOIN"), ("FULL", "OUTER", "JOIN"), ("LEFT", "JOIN"),
    ("RIGHT", "JOIN"), ("INNER", "JOIN"), ("CROSS", "JOIN"), ("FULL", "JOIN"), ("ON", "CONFLICT"),
    ("ON", "DUPLICATE", "KEY", "UPDATE"), ("UNION", "ALL"), ("FOR", "UPDATE"), ("DO", "UPDATE", "SET"),
    ("DO", "NOTHING"), ("WITH",), ("SELECT",), ("UPDATE",), ("FROM",), ("WHERE",), ("HAVING",), ("LIMIT",),
    ("OFFSET",), ("VALUES",), ("SET",), ("RETURNING",), ("UNION",), ("EXCEPT",), ("INTERSECT",), ("JOIN",),
    ("WINDOW",),
)  # fmt: skip
_INNER = frozenset({"PARTITION"})  # clauses that stay on their line
_QUOTES = "\"`[]'"
_JOINTS = frozenset({"AND", "OR"})
_TIGHT_BEFORE = frozenset({",", ")", ";", ".", "::", "]"})
_TIGHT_AFTER = frozenset({"(", ".", "::", "["})
_STATEMENTS = frozenset(
    {
        "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "CREATE", "DROP", "ALTER", "BEGIN", "COMMIT",
        "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "EXPLAIN", "CALL", "MERGE", "REPLACE", "TRUNCATE",
        "SET", "SHOW", "VALUES", "EXEC", "DECLARE", "FETCH", "CLOSE", "ANALYZE", "VACUUM", "LOCK",
    }
)  # fmt: skip


def is_sql(op: str, text: str) -> bool:
    """Return whether a span's description is a database statement."""
    head = op.split(".", 1)[0].lower()
    first = text.lstrip("( \n\t").split(None, 1)[:1]
    return head in ("db", "sql") and bool(first) and first[0].upper().rstrip(";") in _STATEMENTS


def summary_of(statement: str) -> str:
    """Return what a statement does in two words: ``SELECT order_line``; its beginning if that is unclear."""
    tokens = _tokens(statement.strip()[:MOST])
    if not tokens:
        return ""
    for at, token in enumerate(tokens[:-1]):
        if token.upper in ("FROM", "INTO", "UPDATE", "TABLE", "JOIN") and tokens[at + 1].text != "(":
            name = tokens[at + 1].text
            following = [one.text for one in tokens[at + 2 : at + 4]]
            if len(following) == 2 and following[0] == ".":
                name = following[1]
            return f"{tokens[0].text.upper()} {name.strip(_QUOTES)}"
    line = statement.strip().split("\n", 1)[0]
    return line if len(line) <= 60 else line[:59] + "…"


def format_sql(statement: str, columns: int = 80) -> list[str]:
    """Return *statement* as lines: a clause each, AND and OR below it, what stands in brackets indented.

    A line that would be longer than *columns* goes on, further indented, after a comma or blank. A bracket
    that fits on its line stays there. A very long statement comes back as it was.
    """
    text = statement.strip()
    if len(text) > MOST:
        return text.splitlines()
    layout = _Layout(max(16, columns))
    tokens = _tokens(text)
    at = 0
    while at < len(tokens):
        at = layout.take(tokens, at)
    layout.end_line()
    return layout.lines


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str

    @property
    def upper(self) -> str:
        return self.text.upper() if self.kind == "word" else ""


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        if kind != "blank":
            found.append(_Token("dollar" if kind == "tag" else kind, match[0]))
    return found


def _clause_at(tokens: list[_Token], at: int) -> int:
    """Return how many tokens make a clause's name here, 0 for none."""
    for words in _CLAUSES:
        if tuple(token.upper for token in tokens[at : at + len(words)]) == words:
            return 0 if words[0] in _INNER else len(words)
    return 0


def _closing(tokens: list[_Token], at: int) -> int:
    """Return where the bracket opened at *at* closes; the end if it never does."""
    depth = 0
    for number in range(at, len(tokens)):
        if tokens[number].text == "(":
            depth += 1
        elif tokens[number].text == ")":
            depth -= 1
            if not depth:
                return number
    return len(tokens)


@dataclass
class _Layout:
    columns: int
    lines: list[str] = field(default_factory=list)
    _line: str = ""
    _indent: int = 0
    _breaks: list[bool] = field(default_factory=list)  # of each bracket open: whether it has lines of its own
    _tight: bool = True

    def take(self, tokens: list[_Token], at: int) -> int:
        """Lay out the token at *at*; return where the next one is."""
        token = tokens[at]
        clause = _clause_at(tokens, at)
        if clause and self._own_lines():
            self.start_line(self._indent)
            for one in tokens[at : at + clause]:
                self._put(one)
            return at + clause
        if token.upper in _JOINTS and self._own_lines() and not self._in_between(tokens, at):
            self.start_line(self._indent + 2)
            self._put(token)
        elif token.text == "(":
            self._open(tokens, at)
        elif token.text == ")":
            self._close(token)
        elif token.kind == "comment" and token.text.startswith("--"):
            self._put(token)
            self.end_line()
        else:
            self._put(token)
            if token.text == ";":
                self.end_line()
        return at + 1

    def _own_lines(self) -> bool:
        return all(self._breaks)

    @staticmethod
    def _in_between(tokens: list[_Token], at: int) -> bool:
        """Whether the AND at *at* belongs to a BETWEEN."""
        for token in reversed(tokens[max(0, at - 12) : at]):
            if token.upper == "BETWEEN":
                return True
            if token.upper in _JOINTS or token.text in "()":
                return False
        return False

    def _open(self, tokens: list[_Token], at: int) -> None:
        end = _closing(tokens, at)
        inside = tokens[at + 1 : end]
        nested = bool(inside) and inside[0].upper in ("SELECT", "WITH")
        room = self.columns - len(self._line)
        breaks = nested and sum(len(token.text) + 1 for token in inside) > min(room, 40)
        called = at > 0 and tokens[at - 1].kind in ("word", "string") and not _is_keyword(tokens[at - 1])
        if called:
            self._tight = True
        self._put(tokens[at])
        self._breaks.append(breaks)
        if breaks:
            self._indent += 2
            self.end_line()

    def _close(self, token: _Token) -> None:
        if self._breaks and self._breaks.pop():
            self._indent = max(0, self._indent - 2)
            self.start_line(self._indent)
            self._tight = True
        self._put(token)

    def _put(self, token: _Token) -> None:
        glue = "" if self._tight or token.text in _TIGHT_BEFORE or not self._line.strip() else " "
        if self._line.strip() and glue and len(self._line) + 1 + len(token.text) > self.columns:
            self.start_line(self._indent + 4)
            glue = ""
        self._line += glue + token.text
        self._tight = token.text in _TIGHT_AFTER

    def start_line(self, indent: int) -> None:
        """Begin another line, unless nothing stands on this one."""
        if self._line.strip():
            self.lines.append(self._line.rstrip())
        self._line = " " * indent
        self._tight = True

    def end_line(self) -> None:
        """End the line; the next token decides how far in the next one is."""
        self.start_line(self._indent)


def _is_keyword(token: _Token) -> bool:
    return token.upper in {
        "IN", "AND", "OR", "NOT", "VALUES", "FROM", "WHERE", "ON", "AS", "SELECT", "EXISTS", "ANY", "ALL",
        "USING", "OVER", "JOIN", "BY", "SET", "WHEN", "THEN", "ELSE", "LIKE", "CONFLICT", "HAVING", "WITH",
    }  # fmt: skip
