"""What the window says of a minidump: of recorded ones, damaged ones, and of what is none."""

from pathlib import Path

import pytest

from vedette.desktop.issue.facts.minidump import read_minidump

CRASHES = Path(__file__).parents[4] / "data" / "crashes"


@pytest.mark.parametrize(
    ("file", "system", "processor", "threads", "exception", "address", "module"),
    [
        ("test.dmp", "Windows 5.1.2600 Service Pack 2", "x86", 2,
         "EXCEPTION_ACCESS_VIOLATION_WRITE 0xc0000005", 0x45, "test_app.exe"),
        ("crash_linux.dmp", "Linux 4.9.46 moby", "x86_64", 1, "SIGSEGV 0xb", 0, "crash_linux"),
        ("pipeline-inlines-macos-segv.dmp", "macOS 11.6.7 20G630", "x86_64", 11,
         "EXC_BAD_ACCESS / KERN_INVALID_ADDRESS 0x1", 0xFFFFFFFF80000042, "crash-client"),
        ("linux_overflow.dmp", "Linux 3.3.8 gcg-201305291443", "x86_64", 1, "SIGABRT 0x6", None, "overflow"),
    ],
)  # fmt: skip
def test_it_says_what_crashed_where(
    file: str, system: str, processor: str, threads: int, exception: str, address: int | None, module: str
) -> None:
    facts = read_minidump((CRASHES / file).read_bytes())
    assert facts is not None
    assert facts.system.startswith(system)
    assert (facts.processor, facts.threads) == (processor, threads)
    assert (facts.exception, facts.address) == (exception, address)
    assert facts.modules[0].file == module
    assert facts.made is not None


def test_other_bytes_and_dumps_that_say_nothing_are_none() -> None:
    assert read_minidump(b"") is None
    assert read_minidump(b"PK\3\4" + b"\0" * 100) is None
    assert read_minidump((CRASHES / "test.dmp").read_bytes()[:40]) is None


def test_damaged_dumps_say_what_they_can() -> None:
    whole = (CRASHES / "test.dmp").read_bytes()
    told = [read_minidump(whole[: len(whole) * part // 8]) for part in range(1, 9)]
    assert [facts is not None for facts in told[-4:]] == [True] * 4
    for facts in told:
        assert facts is None or len(facts.modules) <= 2_000
