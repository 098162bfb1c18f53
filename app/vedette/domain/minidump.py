"""What a minidump says of a crash. Addresses and sizes are bytes in the crashed process."""

from dataclasses import dataclass
from enum import StrEnum

from vedette.domain.times import Micros


class System(StrEnum):
    """The systems that write minidumps, by the name an ``os`` context gives them."""

    WINDOWS = "Windows"
    MACOS = "macOS"
    IOS = "iOS"
    LINUX = "Linux"
    ANDROID = "Android"
    SOLARIS = "Solaris"
    NACL = "NaCl"
    FUCHSIA = "Fuchsia"
    PS3 = "PlayStation 3"
    UNKNOWN = ""

    @property
    def is_apple(self) -> bool:
        return self in (System.MACOS, System.IOS)

    @property
    def image_type(self) -> str:
        """What executables of this system are, in the words of ``debug_meta.images``."""
        if self is System.WINDOWS:
            return "pe"
        return "macho" if self.is_apple else "elf"


@dataclass(frozen=True, slots=True)
class DumpModule:
    """An executable or library of the process. ``name`` and ``debug_file`` are paths as written."""

    name: str
    base: int
    size: int
    version: str = ""  # of the file, Windows only
    debug_file: str = ""
    debug_id: str | None = None  # dashed, lower case, with the age after it unless that is 0
    code_id: str | None = None

    @property
    def file(self) -> str:
        """The name without its folder, on whatever system it was written."""
        return self.name.replace("\\", "/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class DumpThread:
    """A thread. Registers are by their usual names, in the processor's order; empty when not readable."""

    id: int
    name: str = ""
    pc: int | None = None
    sp: int | None = None
    registers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DumpException:
    """Why the dump was written. ``code`` and ``flags`` mean what the system means by them."""

    thread: int
    code: int
    flags: int
    address: int
    parameters: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DumpAssertion:
    """A failed assertion of the C runtime."""

    expression: str
    function: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Annotations:
    """What Crashpad's client noted: of the whole process (``module`` is None), or in one module."""

    module: int | None
    simple: tuple[tuple[str, str], ...] = ()
    objects: tuple[tuple[str, str], ...] = ()
    list: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DumpStream:
    """A part of the file: its number, name ("" unknown) and where its bytes lie."""

    kind: int
    name: str
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Minidump:
    """A minidump's facts; what it does not say is "", 0, None or empty. ``made`` is the dump's time."""

    made: Micros | None
    system: System = System.UNKNOWN
    system_version: str = ""
    system_build: str = ""
    system_text: str = ""  # the service pack or the kernel's own words
    arch: str = ""  # x86, x86_64, arm, arm64
    processors: int = 0
    process: int | None = None
    process_started: Micros | None = None
    exception: DumpException | None = None
    crashed_thread: int | None = None
    dump_thread: int | None = None  # wrote the dump: its stack is of no interest
    assertion: DumpAssertion | None = None
    threads: tuple[DumpThread, ...] = ()
    modules: tuple[DumpModule, ...] = ()
    memory_ranges: int = 0
    memory_bytes: int = 0
    writer: str = ""  # crashpad, breakpad
    report_id: str | None = None
    client_id: str | None = None
    annotations: tuple[Annotations, ...] = ()
    distribution: tuple[tuple[str, str], ...] = ()  # of Linux: ID, RELEASE, …
    streams: tuple[DumpStream, ...] = ()
    remarks: tuple[str, ...] = ()  # what was damaged and left out

    def thread(self, number: int | None) -> DumpThread | None:
        """Return the thread with the id *number*."""
        return next((thread for thread in self.threads if thread.id == number), None)

    def module_at(self, address: int) -> DumpModule | None:
        """Return the module *address* lies in; of overlapping ones that with the lower base."""
        found = [m for m in self.modules if m.base <= address < m.base + m.size]
        return min(found, key=lambda module: module.base, default=None)
