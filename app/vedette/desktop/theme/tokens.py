"""The one table of colours: semantic names with their light, dark and high-contrast values. No Qt.

Views ask for a name (``theme.color("text.muted")``) and never write a colour. The figures were computed
for contrast and for protan, deutan and tritan vision; a test keeps them honest.
"""

from enum import StrEnum
from typing import NamedTuple


class Scheme(StrEnum):
    """A resolved look; "system" is only a setting, never a scheme."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Shades(NamedTuple):
    """One token's colours as ``#rrggbb``."""

    light: str
    dark: str
    contrast: str


SURFACES = {
    "bg.window": Shades("#F4F5F7", "#101215", "#000000"),
    "bg.canvas": Shades("#FFFFFF", "#16191D", "#000000"),
    "bg.raised": Shades("#FFFFFF", "#1D2126", "#000000"),
    "bg.sunken": Shades("#ECEEF1", "#0C0E10", "#000000"),
    "bg.field": Shades("#FAFBFC", "#1A1E23", "#000000"),
    "bg.segment": Shades("#ECEEF1", "#262C33", "#004A80"),
    "bg.hover": Shades("#EEF3FA", "#20262E", "#1F1F1F"),
    "bg.pressed": Shades("#E1E8F2", "#2A323C", "#333333"),
    "bg.selected": Shades("#D6E6FB", "#173A63", "#00407A"),
    "bg.selected.inactive": Shades("#E3E6EA", "#2A3038", "#333333"),
    "bg.code": Shades("#FAFBFC", "#13161A", "#000000"),
    "bg.code.line": Shades("#FDF0D8", "#3A2E14", "#332B00"),
    "bg.match": Shades("#FFE59A", "#5C4A0E", "#5C4A00"),
    "bg.changed": Shades("#FDF0D8", "#3A2E14", "#332B00"),
    "bg.tooltip": Shades("#1B1F24", "#2A3038", "#000000"),
    "border": Shades("#D5D9DF", "#2D333B", "#FFFFFF"),
    "border.faint": Shades("#E8EAEE", "#22272D", "#808080"),
    "border.control": Shades("#868E99", "#6E7884", "#FFFFFF"),
    "shadow": Shades("#1B1F24", "#000000", "#000000"),
}

TEXT = {
    "text": Shades("#1B1F24", "#E6E9ED", "#FFFFFF"),
    "text.muted": Shades("#525B66", "#A7B0BB", "#F0F0F0"),
    "text.faint": Shades("#626B76", "#8B95A1", "#D6D6D6"),
    "text.disabled": Shades("#9AA2AC", "#5D6672", "#8C8C8C"),
    "text.tooltip": Shades("#FFFFFF", "#E6E9ED", "#FFFFFF"),
    "accent": Shades("#0B62C4", "#4C9BFF", "#FFD800"),
    "accent.hover": Shades("#0A57AE", "#6BADFF", "#FFE44D"),
    "accent.pressed": Shades("#084A94", "#8AC0FF", "#FFEE99"),
    "accent.on": Shades("#FFFFFF", "#06121F", "#000000"),
    "accent.text": Shades("#0A57AE", "#7DB5FF", "#FFE44D"),
    "focus": Shades("#0B62C4", "#7DB5FF", "#FFD800"),
    "spark": Shades("#626B76", "#8B95A1", "#FFFFFF"),
    "spark.selected": Shades("#0A57AE", "#7DB5FF", "#FFD800"),
    "scrollbar": Shades("#868E99", "#6E7884", "#FFFFFF"),
}

# text: on canvas and tint; fill: the shape; tint: a quiet ground; mark: the sign in it; outline: its rim.
LEVELS = {
    "level.fatal.text": Shades("#8C1A6B", "#F28AD0", "#FFA6E4"),
    "level.fatal.fill": Shades("#5B0F46", "#F7A6DD", "#FFA6E4"),
    "level.fatal.tint": Shades("#FBE9F5", "#3A1730", "#000000"),
    "level.fatal.mark": Shades("#FFFFFF", "#16191D", "#000000"),
    "level.fatal.outline": Shades("#5B0F46", "#F7A6DD", "#FFA6E4"),
    "level.error.text": Shades("#C4281C", "#FF7A6E", "#FF8A80"),
    "level.error.fill": Shades("#C4281C", "#E5483A", "#FF8A80"),
    "level.error.tint": Shades("#FDECEA", "#3D1A17", "#000000"),
    "level.error.mark": Shades("#FFFFFF", "#FFFFFF", "#000000"),
    "level.error.outline": Shades("#C4281C", "#E5483A", "#FF8A80"),
    "level.warning.text": Shades("#8F5A00", "#F2B84B", "#FFD166"),
    "level.warning.fill": Shades("#F0B429", "#FFD166", "#FFD166"),
    "level.warning.tint": Shades("#FFF3DC", "#372910", "#000000"),
    "level.warning.mark": Shades("#1B1F24", "#16191D", "#000000"),
    "level.warning.outline": Shades("#8F5A00", "#FFD166", "#FFD166"),
    "level.info.text": Shades("#1B66A8", "#6FB7F5", "#8CCBFF"),
    "level.info.fill": Shades("#2F7DC8", "#3D8FDB", "#8CCBFF"),
    "level.info.tint": Shades("#E7F1FB", "#142C42", "#000000"),
    "level.info.mark": Shades("#FFFFFF", "#FFFFFF", "#000000"),
    "level.info.outline": Shades("#2F7DC8", "#3D8FDB", "#8CCBFF"),
    "level.debug.text": Shades("#5A6470", "#9AA4B0", "#D6D6D6"),
    "level.debug.fill": Shades("#8B949E", "#7D8794", "#D6D6D6"),
    "level.debug.tint": Shades("#EDEFF2", "#252B32", "#000000"),
    "level.debug.mark": Shades("#8B949E", "#7D8794", "#D6D6D6"),
    "level.debug.outline": Shades("#8B949E", "#7D8794", "#D6D6D6"),
    "level.ok.text": Shades("#1F6B3A", "#6CCB8A", "#7DF0A3"),
    "level.ok.fill": Shades("#1F6B3A", "#2FA35B", "#7DF0A3"),
    "level.ok.tint": Shades("#E6F4EA", "#15301F", "#000000"),
    "level.ok.mark": Shades("#FFFFFF", "#FFFFFF", "#000000"),
    "level.ok.outline": Shades("#1F6B3A", "#2FA35B", "#7DF0A3"),
}

_BLACK, _WHITE = "#000000", "#FFFFFF"

# Each category's bar, and the text that may stand in it.
SPANS = {
    "span.http": Shades("#244628", "#6BAF7A", "#6BAF7A"),
    "span.http.text": Shades(_WHITE, _BLACK, _BLACK),
    "span.db": Shades("#396A8F", "#AED8FA", "#AED8FA"),
    "span.db.text": Shades(_WHITE, _BLACK, _BLACK),
    "span.cache": Shades("#54999D", "#2D7C75", "#54B8AE"),
    "span.cache.text": Shades(_BLACK, _WHITE, _BLACK),
    "span.queue": Shades("#4E1C7E", "#8A5CCC", "#B58CF0"),
    "span.queue.text": Shades(_WHITE, _WHITE, _BLACK),
    "span.rpc": Shades("#7A5DE0", "#B391F7", "#D0B8FF"),
    "span.rpc.text": Shades(_WHITE, _BLACK, _BLACK),
    "span.ui": Shades("#B68E17", "#F9CB31", "#F9CB31"),
    "span.ui.text": Shades(_BLACK, _BLACK, _BLACK),
    "span.function": Shades("#826A43", "#806438", "#C9A877"),
    "span.function.text": Shades(_WHITE, _WHITE, _BLACK),
    "span.file": Shades("#8D9568", "#7F9405", "#B5CC2E"),
    "span.file.text": Shades(_BLACK, _BLACK, _BLACK),
    "span.ai": Shades("#663D54", "#C47BA6", "#E3A1C8"),
    "span.ai.text": Shades(_WHITE, _BLACK, _BLACK),
    "span.other": Shades("#6F706E", "#D9D3D1", "#FFFFFF"),
    "span.other.text": Shades(_WHITE, _BLACK, _BLACK),
}

# Orange is more, blue is less, grey is the same; a sign and a number always stand beside it.
DIFFS = {
    "diff.more.3": Shades("#8A3B00", "#FFB27A", "#FFB27A"),
    "diff.more.2": Shades("#C06A2B", "#D9854A", "#D9854A"),
    "diff.more.1": Shades("#E3AE83", "#8F5A36", "#8F5A36"),
    "diff.same": Shades("#DADDE1", "#454C55", "#454C55"),
    "diff.less.1": Shades("#8FBBDD", "#3B6D94", "#3B6D94"),
    "diff.less.2": Shades("#3E86BD", "#5DA3D6", "#5DA3D6"),
    "diff.less.3": Shades("#0B4F85", "#A9D6FA", "#A9D6FA"),
}

CODE = {
    "code.name": Shades("#1B1F24", "#E6E9ED", "#FFFFFF"),
    "code.keyword": Shades("#7A35B5", "#C79BF0", "#E3B8FF"),
    "code.function": Shades("#1E4FBF", "#82B4FF", "#9CC8FF"),
    "code.type": Shades("#0B6670", "#66C5CC", "#7DF0F0"),
    "code.string": Shades("#2F6B22", "#9CCB8B", "#A8F08C"),
    "code.number": Shades("#9A4A08", "#F0A46C", "#FFC48C"),
    "code.constant": Shades("#7A35B5", "#C79BF0", "#E3B8FF"),
    "code.comment": Shades("#525B66", "#A7B0BB", "#F0F0F0"),
    "code.operator": Shades("#3A424C", "#C9D0D8", "#FFFFFF"),
    "code.decorator": Shades("#8F5A00", "#F2B84B", "#FFD166"),
}

TOKENS: dict[str, Shades] = {**SURFACES, **TEXT, **LEVELS, **SPANS, **DIFFS, **CODE}

_SPAN_PREFIXES = (
    ("gen_ai", "ai"),
    ("mcp", "ai"),
    ("ai", "ai"),
    ("graphql", "rpc"),
    ("grpc", "rpc"),
    ("rpc", "rpc"),
    ("http", "http"),
    ("fetch", "http"),
    ("xhr", "http"),
    ("websocket", "http"),
    ("db", "db"),
    ("sql", "db"),
    ("mongodb", "db"),
    ("cache", "cache"),
    ("queue", "queue"),
    ("messaging", "queue"),
    ("topic", "queue"),
    ("ui", "ui"),
    ("browser", "ui"),
    ("resource", "ui"),
    ("app", "ui"),
    ("navigation", "ui"),
    ("pageload", "ui"),
    ("paint", "ui"),
    ("mark", "ui"),
    ("measure", "ui"),
    ("function", "function"),
    ("task", "function"),
    ("serialize", "function"),
    ("view", "function"),
    ("middleware", "function"),
    ("template", "function"),
    ("event", "function"),
    ("file", "file"),
    ("io", "file"),
    ("process", "file"),
    ("subprocess", "file"),
)

SPAN_CATEGORIES = ("http", "db", "cache", "queue", "rpc", "ui", "function", "file", "ai", "other")


def span_category(op: str) -> str:
    """Return the colour token of a span operation: ``"db.sql.query"`` gives ``"span.db"``."""
    head = op.strip().lower().split(".", 1)[0]
    for prefix, category in _SPAN_PREFIXES:
        if head == prefix:
            return f"span.{category}"
    return "span.other"


def project_token(colour: int) -> str:
    """Return the colour token of a project whose colour is *colour*, 0…9."""
    return f"span.{SPAN_CATEGORIES[colour % len(SPAN_CATEGORIES)]}"


def level_token(level: str, part: str = "text") -> str:
    """Return the token of a level's *part* (text, fill, tint, mark, outline); strangers look like errors."""
    name = f"level.{level}.{part}"
    return name if name in LEVELS else f"level.error.{part}"


def shade(token: str, scheme: Scheme) -> str:
    """Return the ``#rrggbb`` of *token*. Raises KeyError for a name the table does not have."""
    shades = TOKENS[token]
    if scheme is Scheme.LIGHT:
        return shades.light
    return shades.dark if scheme is Scheme.DARK else shades.contrast


def contrast_ratio(first: str, second: str) -> float:
    """Return the WCAG 2 contrast ratio of two ``#rrggbb`` colours, 1.0 to 21.0."""
    one, other = _luminance(first), _luminance(second)
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
