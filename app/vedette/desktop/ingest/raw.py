"""Bytes as lines to look at: text in pieces of bounded width, anything else as a hex dump. Pure.

The number beside a line is the offset of its first byte, since that is what parse errors name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vedette.desktop.language import tr
from vedette.desktop.theme.highlight import Run, highlight
from vedette.desktop.widgets.code_lines import CodeLine
from vedette.desktop.widgets.units import count

WIDTH = 110
MOST_LINES = 1_000
_HEX_WIDTH = 16
_SAMPLE = 4_096
_PLAIN_CONTROLS = frozenset("\n\r\t")


@dataclass(frozen=True, slots=True)
class RawText:
    """Lines to show; *at* is the line with the marked byte. ``note`` says what is left out."""

    lines: tuple[CodeLine, ...]
    at: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    offset: int
    size: int
    text: str


def raw_text(
    data: bytes, *, mark: int | None = None, language: str = "json", as_hex: bool = False
) -> RawText:
    """Return *data* as at most MOST_LINES lines, those around byte *mark* if it is given.

    Text stays text unless *as_hex* asks for its bytes.
    """
    as_text = not as_hex and is_text(data)
    pieces = list(_text_pieces(data) if as_text else _hex_pieces(data))
    at = _line_of(pieces, mark)
    first = 0 if at is None else max(0, min(at - MOST_LINES // 2, len(pieces) - MOST_LINES))
    shown = pieces[first : first + MOST_LINES]
    coloured = highlight([piece.text for piece in shown], "", language) if as_text else map(_hex_runs, shown)
    lines = []
    for n, (piece, runs) in enumerate(zip(shown, coloured, strict=True)):
        here = at is not None and first + n == at
        if here and mark is not None and as_text:
            runs = _mark(runs, piece, mark)
        lines.append(CodeLine(piece.offset, tuple(runs), here))
    note = ""
    if len(shown) < len(pieces):
        end = shown[-1].offset + shown[-1].size
        said = tr("Bytes {first} to {last} of {all}.")
        note = said.format(first=count(shown[0].offset), last=count(end), all=count(len(data)))
    return RawText(tuple(lines), None if at is None else at - first, note)


def is_text(data: bytes) -> bool:
    """Return whether *data* reads as text."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return not any(ord(letter) < 32 and letter not in _PLAIN_CONTROLS for letter in text[:_SAMPLE])


def _text_pieces(data: bytes) -> Iterator[_Piece]:
    offset = 0
    for line in data.split(b"\n"):
        text = line.decode()
        at = offset
        for start in range(0, max(1, len(text)), WIDTH):
            piece = text[start : start + WIDTH]
            size = len(piece.encode())
            yield _Piece(at, size, piece.rstrip("\r"))
            at += size
        offset += len(line) + 1


def _hex_pieces(data: bytes) -> Iterator[_Piece]:
    for offset in range(0, len(data), _HEX_WIDTH):
        chunk = data[offset : offset + _HEX_WIDTH]
        shown = "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in chunk)
        yield _Piece(offset, len(chunk), f"{chunk.hex(' '):<{3 * _HEX_WIDTH}} {shown}")


def _hex_runs(piece: _Piece) -> list[Run]:
    cut = 3 * _HEX_WIDTH
    return [Run(piece.text[:cut], "code.name"), Run(piece.text[cut:], "code.comment")]


def _line_of(pieces: Sequence[_Piece], mark: int | None) -> int | None:
    """Return the line with byte *mark*; a byte past the end is on the last line."""
    if mark is None or not pieces:
        return None
    return max((n for n, piece in enumerate(pieces) if piece.offset <= mark), default=0)


def _mark(runs: Sequence[Run], piece: _Piece, mark: int) -> list[Run]:
    """Return *runs* with the character at byte *mark* in the colour of errors."""
    before = piece.text.encode()[: max(0, mark - piece.offset)].decode(errors="ignore")
    column = len(before)
    found: list[Run] = []
    at = 0
    for run in runs:
        inside = column - at
        if 0 <= inside < len(run.text):
            parts = [
                Run(run.text[:inside], run.token),
                Run(run.text[inside], "level.error.text"),
                Run(run.text[inside + 1 :], run.token),
            ]
            found += [part for part in parts if part.text]
        else:
            found.append(run)
        at += len(run.text)
    return found
