"""Marks frames as the application's own or not.

What the SDK and the rules about stack traces say is believed. Where both say nothing, the frame's family
decides what is shown: runtime, system and package folders are not the application's, and what is in no known
place is not either. Grouping has been done before, as the protocol's server does it: it takes a frame nobody
said anything about for none of the application's, and all frames when none is.
"""

from collections.abc import Callable
from functools import lru_cache

from vedette.domain.json import JsonObject
from vedette.processing.exceptions import event_exceptions

_PYTHON_PATHS = ("/site-packages/", "/dist-packages/", "/lib/python", "<frozen ", "\\site-packages\\")
_BROWSER_SCHEMES = (
    "chrome-extension://",
    "moz-extension://",
    "safari-extension://",
    "safari-web-extension://",
)
_NODE_PATHS = ("/node_modules/", "\\node_modules\\", "/~/", "/webpack/bootstrap")
_NOT_A_FILE = ("<anonymous>", "native ", "[native code]", "node:", "internal/")
_JAVA_PACKAGES = (
    "java.",
    "javax.",
    "jdk.",
    "sun.",
    "com.sun.",
    "jakarta.",
    "android.",
    "androidx.",
    "com.android.",
    "dalvik.",
    "kotlin.",
    "kotlinx.",
    "scala.",
    "groovy.",
    "org.springframework.",
    "org.apache.",
    "io.sentry.",
)
_DOTNET_NAMESPACES = ("System.", "Microsoft.", "Mono.", "MS.", "FSharp.", "Sentry.")
_GO_PATHS = (
    "/vendor/",
    "/third_party/",
    "/pkg/mod/",
    "/go/src/runtime/",
    "/local/go/src/",
    "/lib/go",
    "\\Go\\src\\",
)
_RUBY_PATHS = ("/gems/", "/lib/ruby/", "<internal:", "\\gems\\")
_NATIVE_PATHS = (  # compared in lower case
    "/lib/",
    "/lib64/",
    "/usr/lib",
    "/usr/local/lib",
    "/system/",
    "/library/developer/",
    "/developer/",
    "/applications/xcode",
    "/apex/",
    "/vendor/lib",
    "linux-vdso",
    "linux-gate",
    "c:\\windows\\",
)

_SENTRY_NULL = -1


def mark_in_app(event: JsonObject) -> None:
    """Set ``in_app`` of every frame of a normalised event. ``data.orig_in_app`` keeps a missing one as −1."""
    platform = event["platform"]
    for holder in _holders(event):
        stacktrace = holder.get("stacktrace")
        if not stacktrace:
            continue
        for frame in stacktrace["frames"]:
            if frame and type(frame.get("in_app")) is not bool:
                _mark(frame, platform)


def _holders(event: JsonObject) -> list[JsonObject]:
    threads = event.get("threads")
    found = event_exceptions(event)
    if threads:
        found += [thread for thread in threads["values"] if thread]
    if event.get("stacktrace"):
        found.append(event)
    return found


def _mark(frame: JsonObject, platform: str) -> None:
    frame["in_app"] = is_application_frame(
        frame.get("platform") or platform,
        frame.get("module") or "",
        frame.get("abs_path") or frame.get("filename") or "",
        frame.get("package") or "",
        frame.get("function") or "",
    )
    data = frame.get("data")
    if data is None:
        data = frame["data"] = {}
    data.setdefault("orig_in_app", _SENTRY_NULL)


@lru_cache(maxsize=8192)
def is_application_frame(platform: str, module: str, path: str, package: str, function: str) -> bool:
    """Return whether a frame of *platform* belongs to the application, by its family's rules."""
    rule = _RULES.get(platform)
    return rule is not None and rule(module, path, package, function)


def _python(module: str, path: str, package: str, function: str) -> bool:
    if not path or any(part in path for part in _PYTHON_PATHS):
        return False
    lower = path.lower()
    return not ("\\python" in lower and "\\lib\\" in lower)


def _javascript(module: str, path: str, package: str, function: str) -> bool:
    if not path or path.startswith(_BROWSER_SCHEMES) or path.startswith(_NOT_A_FILE):
        return False
    return not any(part in path for part in _NODE_PATHS)


def _java(module: str, path: str, package: str, function: str) -> bool:
    return bool(module) and not module.startswith(_JAVA_PACKAGES)


def _dotnet(module: str, path: str, package: str, function: str) -> bool:
    name = module or package
    return bool(name) and not (name + ".").startswith(_DOTNET_NAMESPACES)


def _go(module: str, path: str, package: str, function: str) -> bool:
    """Without a path the import path decides: the standard library's begin without a dot."""
    if any(part in path for part in _GO_PATHS):
        return False
    name = module or function
    if name.partition(".")[0] == "main" or path[:1] == "/" or path[1:3] == ":\\":
        return True
    return "/" in name and "." in name.partition("/")[0]


def _ruby(module: str, path: str, package: str, function: str) -> bool:
    return bool(path) and not any(part in path for part in _RUBY_PATHS)


def _php(module: str, path: str, package: str, function: str) -> bool:
    return bool(path) and "/vendor/" not in path and "\\vendor\\" not in path and path != "[internal]"


def _native(module: str, path: str, package: str, function: str) -> bool:
    image = (package or path).lower()
    return bool(image) and not image.startswith(_NATIVE_PATHS)


_RULES: dict[str, Callable[[str, str, str, str], bool]] = {
    "python": _python,
    "javascript": _javascript,
    "node": _javascript,
    "java": _java,
    "groovy": _java,
    "csharp": _dotnet,
    "go": _go,
    "ruby": _ruby,
    "php": _php,
    "native": _native,
    "c": _native,
    "objc": _native,
    "cocoa": _native,
    "swift": _native,
}
