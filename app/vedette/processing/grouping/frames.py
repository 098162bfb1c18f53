"""What of a frame counts: its module or file name, its function and, for some platforms, its source line.

The same frames come again and again, so the parts made of a frame's texts are remembered.
"""

import re
from typing import NamedTuple

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.grouping import functions
from vedette.processing.grouping.component import Component, build, part, scalar_part
from vedette.processing.grouping.fields import object_of, text_of
from vedette.processing.grouping.modules import clean_java_module, clean_javassist

OUTSIDE = "not an in-app frame"
_PAGE_URLS = ("http:", "https:", "applewebdata:", "blob:")
_URLS = ("file:", *_PAGE_URLS)
_NAMELESS_FILES = ("<anonymous>", "[native code]")
_NAMELESS_FUNCTIONS = ("?", "<anonymous function>", "<anonymous>", "Anonymous function")
_NATIVE_PATHS = ("[native code]", "native code", "eval code", "<anonymous>")
_WITH_SOURCE = ("javascript", "node", "python", "php", "ruby")
_LONGEST_SOURCE = 120

_ERB_VERSION = re.compile(r"__\d{4,}_\d{4,}$")
_SEPARATORS = re.compile(r"[/\\]")

_REMEMBERED = 4096  # frames; the memory is emptied when it is full
_LONGEST_REMEMBERED = 2048  # characters of all texts of a frame


class Frame(NamedTuple):
    """A frame as grouping sees it."""

    component: Component
    outside: Component  # the same, switched off for not being in-app
    function: str | None  # trimmed
    is_page: bool  # a JavaScript frame that has no function, only the URL it ran at


class _Texts(NamedTuple):
    """All that decides how a frame is grouped; the key it is remembered by."""

    platform: JsonValue
    abs_path: JsonValue
    module: JsonValue
    filename: JsonValue
    function: JsonValue
    raw_function: JsonValue
    context_line: JsonValue
    has_source_map: bool


_known: dict[_Texts, Frame] = {}


def read_frame(frame: JsonObject, platform: str | None) -> Frame:
    """Return *frame* of an event on *platform* as grouping sees it."""
    get = frame.get
    data = get("data")
    texts = _Texts(
        get("platform") or platform,
        get("abs_path"),
        get("module"),
        get("filename"),
        get("function"),
        get("raw_function"),
        get("context_line"),
        bool(data) and bool(object_of(data).get("sourcemap")),
    )
    try:
        return _known[texts]
    except (KeyError, TypeError):  # not met before, or not hashable and so not a text
        texts = _Texts._make([*map(text_of, texts[:-1]), texts.has_source_map])
    known = _known.get(texts)
    if known is None:
        known = _read(texts)
        if len("".join(filter(None, texts[:-1]))) <= _LONGEST_REMEMBERED:
            if len(_known) >= _REMEMBERED:
                _known.clear()
            _known[texts] = known
    return known


def _read(texts: _Texts) -> Frame:
    function = texts.function
    if function and not texts.raw_function:
        function = functions.trim(function, texts.platform)
    is_javascript = functions.family_of(texts.platform) == "javascript"
    source = _source_part(texts, is_javascript)
    module = _module_part(texts)
    name = _function_part(texts, function, source)
    parts = (module, _filename_part(texts, module), name, source)
    component = _javascript_frame(texts, parts) if is_javascript else build("frame", parts)
    is_page = is_javascript and not function and (texts.abs_path or "").startswith(_URLS)
    return Frame(component, component.off(OUTSIDE), function, is_page)


def _module_part(texts: _Texts) -> Component:
    module = texts.module
    if not module:
        return part("module", None)
    if texts.platform == "javascript" and "/" in module and (texts.abs_path or "").endswith(module):
        return part("module", module).off("taken from the address of the script")
    if texts.platform != "java":
        return part("module", module)
    cleaned = clean_java_module(module)
    if cleaned != module:
        return part("module", cleaned, "generated class name made the same for all runs")
    if "$$Lambda$" in module:
        return part("module", module).off("a lambda's generated class")
    return part("module", module)


def _filename_part(texts: _Texts, module: Component) -> Component:
    if not texts.filename:
        return part("filename", None)
    filename = _SEPARATORS.split(texts.filename)[-1].lower()
    if texts.platform == "java":
        filename = clean_javassist(filename)
    shown = scalar_part("filename", filename)
    if (texts.abs_path or "").startswith(_PAGE_URLS):
        return shown.off("the address of a page or script")
    if filename in _NAMELESS_FILES:
        return shown.off("not the name of a file")
    return shown.off("the module says more") if module.contributes else shown


def _function_part(texts: _Texts, trimmed: str | None, source: Component) -> Component:
    name = trimmed or texts.raw_function
    if texts.platform == "csharp":
        name = texts.raw_function or texts.function
    if not name:
        return part("function", None)
    if texts.platform in ("javascript", "node"):
        shown = scalar_part("function", name.rpartition(".")[2])
        if texts.has_source_map and source.contributes:
            return shown.off("the source line from the source map says more")
        return shown
    special = _SPECIAL.get(texts.platform)
    return special(name) if special else part("function", name)


def _ruby_function(name: str) -> Component:
    if name.startswith("block "):
        return part("function", "block", "a block, whatever it is in")
    shown = _ERB_VERSION.sub("", name)
    return scalar_part("function", shown, "without the template's version" if shown != name else None)


def _php_function(name: str) -> Component:
    if name.startswith("class@anonymous") and "::" in name:
        return scalar_part("function", name.rpartition("::")[2], "method of an anonymous class")
    if name.startswith(("[Anonymous", "class@anonymous\x00")):
        return part("function", name).off("an anonymous function")
    return part("function", name)


def _java_function(name: str) -> Component:
    shown = part("function", name)
    return shown.off("a lambda's generated name") if name.startswith("lambda$") else shown


def _native_function(name: str) -> Component:
    shown = part("function", name)
    return shown.off("the name is not known") if name in ("<redacted>", "<unknown>") else shown


_SPECIAL = {
    "ruby": _ruby_function,
    "php": _php_function,
    "java": _java_function,
    **dict.fromkeys(("objc", "cocoa", "swift", "native", "c"), _native_function),
}


def _source_part(texts: _Texts, is_javascript: bool) -> Component:
    if not texts.context_line or texts.platform not in _WITH_SOURCE:
        return part("context-line", None)
    shown = part("context-line", " ".join(texts.context_line.split()))
    if len(texts.context_line) > _LONGEST_SOURCE:
        return shown.off("too long: minified or generated code")
    if is_javascript and not texts.function and (texts.abs_path or "").startswith(_URLS):
        return shown.off("the line of a page, not of a function")
    return shown


def _javascript_frame(texts: _Texts, parts: tuple[Component, Component, Component, Component]) -> Component:
    """Return the frame of *parts* without its function, or off, where an engine made the name up."""
    frame = build("frame", parts)
    name = (texts.raw_function or texts.function or "").rpartition(".")[2]
    if name == "eval" or texts.abs_path in _NATIVE_PATHS:
        return frame.off("native or evaluated code")
    if name and name not in _NAMELESS_FUNCTIONS and not name.endswith("/<"):
        return frame
    module, filename, function, source = parts
    named = build("frame", (module, filename, function.off("no name of its own"), source))
    # It was settled before that the frame contributes; it may do so with nothing.
    return named._replace(contributes=frame.contributes)
