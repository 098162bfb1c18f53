"""Links into a workspace from other programs: ``vedette://desk/issues/DESK-12?event=…&run=last``.

Text in, values out: no store, no window. What a link names is looked up by `finding`; nothing in a link does
anything but show a place.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.domain.times import DAY, HOUR, MINUTE, SECOND, Micros, from_datetime, to_iso

SCHEME = "vedette"
MOST_CHARACTERS = 2_000
"""A longer link is refused; browsers and desktops cut them too."""
MOST_PARAMETERS = 40
_USUAL_FOLDER, _USUAL_NAME = "Vedette", "desk"
_LINK = re.compile(r"vedette://[^\s<>\"'`]+", re.IGNORECASE)
_WORKSPACE = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
_SECTION = re.compile(r"[a-z]{1,30}")
_HEX = re.compile(r"[0-9a-f]{32}")
_SPAN = re.compile(r"[0-9a-f]{16}")
_SHORT = re.compile(r"[A-Za-z0-9][\w-]{0,99}-\d{1,18}")
_PAGE = re.compile(r"[\w.-]{1,64}")
_NUMBER = re.compile(r"\d{1,18}")
_LAST = re.compile(r"(\d{1,9})([smhd])")
_UNITS = {"d": DAY, "h": HOUR, "m": MINUTE, "s": SECOND}
_SCOPED = frozenset({"project", "environment", "run", "last", "since", "until"})
_PAGED = frozenset({"connect"})
"""Sections whose page stands in the place's query."""
_NAMED = frozenset({"traces", "settings"})
"""Sections in which ids are texts, whatever they look like."""


class LinkError(ValueError):
    """A link that cannot be followed; its text is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link names. ``id``: an issue's short id, an event or a trace in 32 hex, a page, a request.

    ``extra`` is an event of an issue, a span of a trace, the number of a request's item. ``scope`` None
    leaves the window's as it is; ``last_run`` stands for the newest run, whichever that is when the link is
    followed.
    """

    workspace: str
    section: str
    id: str = ""
    extra: str = ""
    query: str = ""
    scope: Scope | None = field(default=None)
    last_run: bool = False


def workspace_name(folder: Path) -> str:
    """Return what links call the workspace in *folder*: desk for the usual one, else after its folder."""
    if folder.name == _USUAL_FOLDER or not folder.name:
        return _USUAL_NAME
    plain = unicodedata.normalize("NFKD", folder.name.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9._-]+", "-", plain).strip("-._")[:63]
    return slug or f"w{sum(map(ord, folder.name))}"


def link_of(
    place: Place, workspace: Path, *, short: str = "", scope: Scope | None = None, last_run: bool = False
) -> str:
    """Return the link to *place* in the workspace *workspace*. An issue is named by its *short* id."""
    number = "" if place.id is None else str(place.id)
    link = Link(workspace_name(workspace), place.section, number, place.extra, place.query, scope, last_run)
    if place.section == "issues":
        link = replace(link, id=short)
    elif place.section in _PAGED:
        link = replace(link, id=place.query, query="")
    return write_link(link)


def issue_link(workspace: Path, short: str, event: str = "") -> str:
    """Return the link to the issue called *short*, at the event with the id *event* if one is given."""
    return write_link(Link(workspace_name(workspace), "issues", short, event))


def write_link(link: Link) -> str:
    """Return *link* as text, which `parse_link` reads back to the same."""
    path = f"/{quote(link.id, safe='')}" if link.id else ""
    parameters: list[tuple[str, str]] = []
    if link.extra:
        parameters.append((_extra_of(link.section), link.extra))
    if link.query:
        parameters.append(("query", link.query))
    if link.scope is not None:
        parameters += _scope_parameters(link.scope)
    if link.last_run:
        parameters.append(("run", "last"))
    tail = f"?{urlencode(parameters, quote_via=quote)}" if parameters else ""
    return f"{SCHEME}://{link.workspace}/{link.section}{path}{tail}"


def find_link(text: str) -> str:
    """Return the first link in *text*, "" if there is none."""
    found = _LINK.search(text)
    return found[0].rstrip(".,;:!?)]}") if found else ""


def is_link(text: str) -> bool:
    """Return whether *text* means to be a link of ours, well made or not."""
    return text.strip().lower().startswith(f"{SCHEME}:")


def parse_link(text: str) -> Link:
    """Return what the link *text* names. Raises LinkError with a sentence if it is none that can be followed.

    Parameters of other versions are passed over.
    """
    text = text.strip()
    if len(text) > MOST_CHARACTERS:
        raise LinkError(tr("This link is longer than a link may be."))
    if not text.isprintable():
        raise LinkError(tr("This link has characters that no link has."))
    try:
        parts = urlsplit(text)
        host, port = parts.netloc.lower(), parts.port
    except ValueError:
        host, port = "", None
        parts = urlsplit("")
    if parts.scheme.lower() != SCHEME or not _WORKSPACE.fullmatch(host) or port is not None:
        raise LinkError(tr("This is no link to Vedette. One looks like vedette://desk/issues/DESK-12."))
    section, _, number = parts.path.strip("/").partition("/")
    if not _SECTION.fullmatch(section):
        raise LinkError(tr("This link does not say which section it leads to."))
    values = _parameters(parts.query)
    scope, last_run = _scope(values)
    return Link(
        host,
        section,
        _checked_id(section, _decoded(number)),
        _checked_extra(section, _first(values, _extra_of(section))),
        _first(values, "query"),
        scope,
        last_run,
    )


def place_of(link: Link) -> Place:
    """Return the place *link* leads to; for an issue only the section, since only the store knows its row."""
    if link.section in _PAGED:
        return Place(link.section, query=link.id or link.query)
    if link.section == "issues" or not link.id:
        return Place(link.section, query=link.query)
    number = link.id if link.section in _NAMED or not link.id.isdecimal() else int(link.id)
    return Place(link.section, number, link.query, link.extra)


def _extra_of(section: str) -> str:
    return {"traces": "span", "ingest": "item"}.get(section, "event")


def _checked_id(section: str, number: str) -> str:
    if not number:
        return ""
    bare = number.replace("-", "").lower()
    if section in ("issues", "traces") and _HEX.fullmatch(bare):
        return bare
    if section == "issues" and _SHORT.fullmatch(number):
        return number
    if section == "issues":
        raise LinkError(tr("“{id}” is not the id of an issue, such as DESK-12.").format(id=number[:60]))
    if section == "traces":
        raise LinkError(tr("“{id}” is not the id of a trace.").format(id=number[:60]))
    if not _PAGE.fullmatch(number):
        raise LinkError(tr("“{id}” names nothing in this section.").format(id=number[:60]))
    return number


def _checked_extra(section: str, extra: str) -> str:
    if section == "ingest":
        if extra and not _NUMBER.fullmatch(extra):
            raise LinkError(tr("“{text}” in this link is not a number.").format(text=extra[:60]))
        return extra
    bare = extra.replace("-", "").lower()
    if bare and not (_SPAN if section == "traces" else _HEX).fullmatch(bare):
        raise LinkError(tr("“{id}” is not an event or span id.").format(id=extra[:60]))
    return bare


def _decoded(text: str) -> str:
    try:
        decoded = unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise LinkError(tr("This link has characters that no link has.")) from None
    if not decoded.isprintable():
        raise LinkError(tr("This link has characters that no link has."))
    return decoded


def _parameters(text: str) -> dict[str, list[str]]:
    try:
        pairs = parse_qsl(text, errors="strict", max_num_fields=MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise LinkError(tr("This link has characters that no link has.")) from None
    except ValueError:
        raise LinkError(tr("This link has more parts than a link may have.")) from None
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        if not value.isprintable():
            raise LinkError(tr("This link has characters that no link has."))
        values.setdefault(name, []).append(value)
    return values


def _first(values: Mapping[str, list[str]], name: str) -> str:
    return values.get(name, [""])[0]


# ---------------------------------------------------------------- scope


def _scope_parameters(scope: Scope) -> Iterable[tuple[str, str]]:
    yield from (("project", str(project)) for project in scope.projects)
    yield from (("environment", name) for name in scope.environments)
    if scope.run is not None:
        yield "run", str(scope.run)
    if scope.span is not None:
        yield "last", _span_text(scope.span)
    if scope.since is not None:
        yield "since", to_iso(scope.since)
    if scope.until is not None:
        yield "until", to_iso(scope.until)


def _span_text(span: int) -> str:
    unit = next((unit for unit, size in _UNITS.items() if span % size == 0), "s")
    return f"{max(1, span // _UNITS[unit])}{unit}"


def _scope(values: Mapping[str, list[str]]) -> tuple[Scope | None, bool]:
    """Return the scope, None without one, and whether the newest run is meant."""
    if not _SCOPED & values.keys():
        return None, False
    run = _first(values, "run")
    is_last = run == "last"
    since, until = _time(_first(values, "since")), _time(_first(values, "until"))
    if since is not None and until is not None and since >= until:
        raise LinkError(tr("The time in this link ends before it begins."))
    scope = Scope(
        tuple(dict.fromkeys(_number(text) for text in values.get("project", ()))),
        tuple(dict.fromkeys(values.get("environment", ()))),
        _number(run) if run and not is_last else None,
        _span(_first(values, "last")),
        since,
        until,
    )
    # The newest run alone is no scope that could be written down.
    return (None if is_last and scope == Scope() else scope), is_last


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise LinkError(tr("“{text}” in this link is not a number.").format(text=text[:60]))
    return int(text)


def _span(text: str) -> int | None:
    if not text:
        return None
    found = _LAST.fullmatch(text)
    if found is None or not int(found[1]) or int(found[1]) * _UNITS[found[2]] > 36_500 * DAY:
        raise LinkError(
            tr("“{text}” in this link is not a length of time, such as 24h.").format(text=text[:60])
        )
    return int(found[1]) * _UNITS[found[2]]


def _time(text: str) -> Micros | None:
    if not text:
        return None
    try:
        moment = from_datetime(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        moment = Micros(-1)
    if moment < 0:
        raise LinkError(tr("“{text}” in this link is not a time.").format(text=text[:60]))
    return moment
