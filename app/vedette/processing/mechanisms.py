"""How an exception came about: the mechanism in its current form, with names for system numbers."""

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.faults import Faults, Path
from vedette.processing.shapes import BOOLEAN, MAPPING, TEXT, UNSIGNED, Kind, Shape, UnfitError

_MECHANISM = Shape(
    type=TEXT,
    synthetic=BOOLEAN,
    description=TEXT,
    help_link=TEXT,
    handled=BOOLEAN,
    source=TEXT,
    is_exception_group=BOOLEAN,
    exception_id=UNSIGNED,
    parent_id=UNSIGNED,
    data=MAPPING,
    meta=MAPPING,
)


def _system_number(value: JsonValue) -> JsonValue:
    raise UnfitError("expected a signed integer")


_NUMBER = Kind(int, _system_number)
_META = {
    "signal": Shape(number=_NUMBER, code=_NUMBER, name=TEXT, code_name=TEXT),
    "mach_exception": Shape(exception=_NUMBER, code=_NUMBER, subcode=_NUMBER, name=TEXT),
    "errno": Shape(number=_NUMBER, name=TEXT),
    "ns_error": Shape(code=_NUMBER, domain=TEXT),
}

_LINUX_SIGNALS = dict(
    enumerate(
        [
            "SIGHUP",
            "SIGINT",
            "SIGQUIT",
            "SIGILL",
            "SIGTRAP",
            "SIGABRT",
            "SIGBUS",
            "SIGFPE",
            "SIGKILL",
            "SIGUSR1",
            "SIGSEGV",
            "SIGUSR2",
            "SIGPIPE",
            "SIGALRM",
            "SIGTERM",
            "SIGSTKFLT",
            "SIGCHLD",
            "SIGCONT",
            "SIGSTOP",
            "SIGTSTP",
            "SIGTTIN",
            "SIGTTOU",
            "SIGURG",
            "SIGXCPU",
            "SIGXFSZ",
            "SIGVTALRM",
            "SIGPROF",
            "SIGWINCH",
            "SIGIO",
            "SIGPWR",
            "SIGSYS",
        ],
        start=1,
    )
)
_DARWIN_SIGNALS = dict(
    enumerate(
        [
            "SIGHUP",
            "SIGINT",
            "SIGQUIT",
            "SIGILL",
            "SIGTRAP",
            "SIGABRT",
            "SIGEMT",
            "SIGFPE",
            "SIGKILL",
            "SIGBUS",
            "SIGSEGV",
            "SIGSYS",
            "SIGPIPE",
            "SIGALRM",
            "SIGTERM",
            "SIGURG",
            "SIGSTOP",
            "SIGTSTP",
            "SIGCONT",
            "SIGCHLD",
            "SIGTTIN",
            "SIGTTOU",
            "SIGIO",
            "SIGXCPU",
            "SIGXFSZ",
            "SIGVTALRM",
            "SIGPROF",
            "SIGWINCH",
            "SIGINFO",
            "SIGUSR1",
            "SIGUSR2",
        ],
        start=1,
    )
)
_MACH_EXCEPTIONS = dict(
    enumerate(
        [
            "EXC_BAD_ACCESS",
            "EXC_BAD_INSTRUCTION",
            "EXC_ARITHMETIC",
            "EXC_EMULATION",
            "EXC_SOFTWARE",
            "EXC_BREAKPOINT",
            "EXC_SYSCALL",
            "EXC_MACH_SYSCALL",
            "EXC_RPC_ALERT",
            "EXC_CRASH",
            "EXC_RESOURCE",
            "EXC_GUARD",
            "EXC_CORPSE_NOTIFY",
        ],
        start=1,
    )
)
# The first 34 are the same on Linux and Darwin, except 11.
_ERRNO = dict(
    enumerate(
        [
            "EPERM",
            "ENOENT",
            "ESRCH",
            "EINTR",
            "EIO",
            "ENXIO",
            "E2BIG",
            "ENOEXEC",
            "EBADF",
            "ECHILD",
            "EAGAIN",
            "ENOMEM",
            "EACCES",
            "EFAULT",
            "ENOTBLK",
            "EBUSY",
            "EEXIST",
            "EXDEV",
            "ENODEV",
            "ENOTDIR",
            "EISDIR",
            "EINVAL",
            "ENFILE",
            "EMFILE",
            "ENOTTY",
            "ETXTBSY",
            "EFBIG",
            "ENOSPC",
            "ESPIPE",
            "EROFS",
            "EMLINK",
            "EPIPE",
            "EDOM",
            "ERANGE",
        ],
        start=1,
    )
)
_DARWIN_ERRNO = _ERRNO | {11: "EDEADLK", 35: "EAGAIN"}


def settle_mechanism(exception: JsonObject, faults: Faults, path: Path) -> None:
    """Put the mechanism of *exception* into its current form; older forms become ``generic``."""
    mechanism = exception.get("mechanism")
    if mechanism is None:
        exception.pop("mechanism", None)
        return
    place = (*path, "mechanism")
    if type(mechanism) is not dict:
        exception["mechanism"] = None
        faults.invalid(place, mechanism, "expected an exception mechanism")
        return
    if mechanism.get("type") is None:
        if not mechanism:
            exception["mechanism"] = None
            return
        mechanism = exception["mechanism"] = _from_legacy(mechanism)
    _MECHANISM.check(mechanism, faults, place)
    meta = mechanism.get("meta")
    if meta:
        for name, value in meta.items():
            shape = _META.get(name)
            if shape is not None and type(value) is dict:
                shape.check(value, faults, (*place, "meta", name))


def _from_legacy(legacy: JsonObject) -> JsonObject:
    """A mechanism without ``type``: known system objects become ``meta``, everything else ``data``."""
    meta: JsonObject = {}
    data: JsonObject = {}
    for key, value in legacy.items():
        if key == "type":
            continue
        if key == "posix_signal" and type(value) is dict:
            if "signal" in value and "number" not in value:
                value["number"] = value.pop("signal")
            meta["signal"] = value
        elif key == "mach_exception" and type(value) is dict:
            if "exception_name" in value:
                value["name"] = value.pop("exception_name")
            meta["mach_exception"] = value
        else:
            data[key] = value
    settled: JsonObject = {"type": "generic"}
    if data:
        settled["data"] = data
    if meta:
        settled["meta"] = meta
    return settled


def name_system_numbers(exceptions: list[JsonValue], os_name: str) -> None:
    """Fill missing names of signals, mach exceptions and errno, by the numbering of *os_name*."""
    is_darwin = os_name.lower() in ("ios", "ipados", "macos", "mac os x", "tvos", "watchos", "darwin")
    tables = {
        "signal": ("number", _DARWIN_SIGNALS if is_darwin else _LINUX_SIGNALS),
        "mach_exception": ("exception", _MACH_EXCEPTIONS),
        "errno": ("number", _DARWIN_ERRNO if is_darwin else _ERRNO),
    }
    for exception in exceptions:
        mechanism = exception.get("mechanism") if type(exception) is dict else None
        for kind, value in ((mechanism and mechanism.get("meta")) or {}).items():
            if kind not in tables or type(value) is not dict or value.get("name"):
                continue
            number, names = tables[kind]
            name = names.get(value.get(number, 0))
            if name:
                value["name"] = name
