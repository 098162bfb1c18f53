"""What a minidump says, in the few words the window shows. Pure: bytes in, sentences out."""

from dataclasses import dataclass

from vedette.domain.minidump import DumpModule, Minidump
from vedette.domain.outcomes import IngestError
from vedette.domain.times import Micros
from vedette.processing.minidump import reader
from vedette.processing.minidump.reasons import crash_address, crash_reason

_MOST_MODULES = 2_000


@dataclass(frozen=True, slots=True)
class MinidumpFacts:
    """What was read; what the file does not say is "", 0 or None."""

    made: Micros | None
    system: str = ""
    processor: str = ""
    processors: int = 0
    process: int | None = None
    threads: int = 0
    thread: int | None = None  # the one that crashed
    exception: str = ""
    address: int | None = None
    modules: tuple[DumpModule, ...] = ()


def read_minidump(data: bytes) -> MinidumpFacts | None:
    """Return the facts of a minidump, None if *data* is none."""
    if not reader.is_minidump(data):
        return None
    try:
        return _facts(reader.read_minidump(data))
    except IngestError:
        return None


def _facts(dump: Minidump) -> MinidumpFacts:
    words = (str(dump.system), dump.system_version, dump.system_build)
    code = "" if dump.exception is None else f"0x{dump.exception.code:x}"
    return MinidumpFacts(
        made=dump.made,
        system=" ".join(word for word in words if word),
        processor=dump.arch,
        processors=dump.processors,
        process=dump.process,
        threads=len(dump.threads),
        thread=dump.crashed_thread,
        exception=" ".join(word for word in (crash_reason(dump), code) if word),
        address=crash_address(dump),
        modules=dump.modules[:_MOST_MODULES],
    )
