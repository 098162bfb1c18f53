"""What spans with different texts have in common: their description without what varies from call to call.

Statements lose their literals, URLs their paths, keys and file names their ids, so that a thousand calls of
one place in a program are one line with a thousand durations.

Source: traces.md §4 (scrubbed description) and detectors.md §3 (paths of URLs).
"""

import re
from collections.abc import Callable
from functools import lru_cache

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.sql_text import normalise_sql

LONGEST = 4_000
"""Characters of a description that are looked at."""
_DEEPEST = 5
_MOST_MEMBERS = 50

# These say what they are without anything that varies.
_UNCHANGED = ("ui.load", "app.", "ai.run", "ai.pipeline", "contentprovider.load")
_KEY_VALUE_STORES = ("redis", "valkey")
_DOUBLE_QUOTED_TEXTS = ("mysql", "mariadb")
_ORIGIN = re.compile(
    r"(https?|wss?)://(?:[^/?#@]*@)?(\[[^\]/?#]*\]|[^/?#:\[\]]+)(:\d+)?(?![^/?#])", re.IGNORECASE
)
_METHOD = re.compile(r"[A-Z]{3,10}", re.ASCII)
_PATH_ID = re.compile(
    r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
    r"|[0-9a-fA-F]{10}|[0-9a-fA-F]{24}|[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|\d+"
)
_KEY_ID = re.compile(
    r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
    r"|(?<![0-9A-Za-z])(?=[A-Za-z]*\d)[0-9a-fA-F]{6,}(?![0-9A-Za-z])"
    r"|\d+"
)
_VERSION = re.compile(r"v?\d+(?:\.\d+)+(?:[-.]\w+)*|v\d+", re.ASCII)
# Parts of a file's name that a build made: hexadecimal, or small and large letters and digits mixed.
_FILE_PART = re.compile(
    r"(?=[A-Za-z]*\d)[0-9a-fA-F]{6,}|(?=\w*\d)(?=\w*[a-z])(?=\w*[A-Z])\w{8,}|\d+", re.ASCII
)
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}", re.ASCII)
_WHOLE_HOSTS = frozenset(("localhost", "127.0.0.1", "[::1]"))
# `example.co.uk` is one domain: a country's second level says nothing about whose it is.
_SECOND_LEVELS = frozenset(("ac", "co", "com", "edu", "gov", "net", "org"))


def normalised(op: str, description: str, system: str = "", component: str = "") -> str:
    """Return *description* without what varies, "" where *op* has no such form.

    *system* is the database's name, *component* the user interface's part, where attributes tell them.
    """
    if not description:
        return ""
    text = description[:LONGEST]
    if op.startswith(("ui.interaction.", "ui.react.")):
        return component
    if op.startswith(_UNCHANGED):
        return text
    read = _BY_CATEGORY.get(op.partition(".")[0])
    return read(op, text, system) if read is not None else ""


def _database(op: str, text: str, system: str) -> str:
    if op.endswith("redis") or system in _KEY_VALUE_STORES:
        command, _, rest = text.partition(" ")
        return f"{command} *" if rest else command
    if text.lstrip().startswith("{"):
        return _document(text)
    return normalise_sql(text, double_quoted_texts=system in _DOUBLE_QUOTED_TEXTS)


def _document(text: str) -> str:
    """A document database's statement keeps its shape: every value is ``?``."""
    try:
        return orjson.dumps(_shape(orjson.loads(text), _DEEPEST)).decode()
    except orjson.JSONDecodeError:
        return ""


def _shape(value: JsonValue, depth: int) -> JsonValue:
    if type(value) is dict and depth:
        members: JsonObject = {}
        for name in list(value)[:_MOST_MEMBERS]:
            members[name] = _shape(value[name], depth - 1)
        return members
    if type(value) is list and value and depth:
        # A list of a hundred is as one of three.
        return [_shape(value[0], depth - 1)]
    return "?"


def _request(op: str, text: str, system: str) -> str:
    method, _, url = text.partition(" ")
    if not url or _METHOD.fullmatch(method) is None:
        return ""
    url = url.strip()
    if url.startswith("/"):
        return f"{method} {_path(url)}"
    host = _origin(_before_path(url))
    return f"{method} {host}" if host else ""


def _before_path(url: str) -> str:
    """A program calls few hosts and many paths: what is kept of the host is remembered."""
    end = url.find("/", url.find("//") + 2)
    return url if end < 0 else url[:end]


@lru_cache(maxsize=4_096)
def _origin(url: str) -> str:
    """``https://*.example.com`` of a URL, "" of what is none."""
    found = _ORIGIN.match(url)
    if found is None:
        return ""
    scheme, host, port = found.groups("")
    return f"{scheme.lower()}://{_host(host.lower())}{port}"


def _host(host: str) -> str:
    if host in _WHOLE_HOSTS:
        return host
    if host.startswith("[") or _IP.fullmatch(host):
        return "*"
    labels = host.split(".")
    kept = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS else 2
    return host if len(labels) <= kept else ".".join(("*", *labels[-kept:]))


def _path(url: str) -> str:
    path = url.partition("?")[0].partition("#")[0]
    return "/".join("*" if _PATH_ID.fullmatch(part) else part for part in path.split("/"))


def _resource(op: str, text: str, system: str) -> str:
    if text.startswith("data:"):
        return "data:*"
    origin = "" if text.startswith("/") else _origin(_before_path(text))
    if not origin and not text.startswith("/"):
        return ""
    path = text if not origin else "/" + text.split("/", 3)[3] if text.count("/") > 2 else "/"
    *folders, name = path.partition("?")[0].partition("#")[0].split("/")
    kept = ["*" if _PATH_ID.fullmatch(part) or _VERSION.fullmatch(part) else part for part in folders]
    stem, dot, extension = name.rpartition(".")
    name = _file_name(stem) + dot + extension if dot else _file_name(name)
    return origin + "/".join((*kept, name))


def _file_name(name: str) -> str:
    pieces = re.split(r"([-.])", name)
    return "".join("*" if _FILE_PART.fullmatch(piece) else piece for piece in pieces)


def _cache(op: str, text: str, system: str) -> str:
    return _KEY_ID.sub("*", text)


def _file(op: str, text: str, system: str) -> str:
    name = text.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, extension = name.rpartition(".")
    fits = dot and stem and extension.isascii() and extension.isalnum() and len(extension) <= 8
    return f"*.{extension}" if fits else "*"


_BY_CATEGORY: dict[str, Callable[[str, str, str], str]] = {
    "db": _database,
    "redis": _database,
    "http": _request,
    "resource": _resource,
    "cache": _cache,
    "file": _file,
}
