"""Crash reasons in the words of each system."""

import pytest

from vedette.domain.minidump import DumpAssertion, DumpException, Minidump, System
from vedette.processing.minidump.reasons import crash_address, crash_reason


def crash(system: System, code: int, flags: int = 0, *parameters: int, arch: str = "x86_64") -> Minidump:
    return Minidump(
        made=None, system=system, arch=arch, exception=DumpException(1, code, flags, 0xABCD, parameters)
    )


@pytest.mark.parametrize(
    ("dump", "reason"),
    [
        (crash(System.LINUX, 11, 1), "SIGSEGV / SEGV_MAPERR"),
        (crash(System.LINUX, 11, 0x80), "SIGSEGV / SI_KERNEL"),
        (crash(System.LINUX, 6, 0xFFFFFFFA), "SIGABRT / SI_TKILL"),
        (crash(System.ANDROID, 8, 1), "SIGFPE / FPE_INTDIV"),
        (crash(System.LINUX, 7, 2), "SIGBUS / BUS_ADRERR"),
        (crash(System.LINUX, 31, 1), "SIGSYS / SYS_SECCOMP"),
        (crash(System.LINUX, 11, 99), "SIGSEGV / 0x00000063"),
        (crash(System.LINUX, 77), "Signal 0x4d"),
        (crash(System.LINUX, 0xFFFFFFFF), "Dump Requested"),
        (crash(System.WINDOWS, 0xC0000005, 0, 0, 0), "EXCEPTION_ACCESS_VIOLATION_READ"),
        (crash(System.WINDOWS, 0xC0000005, 0, 5, 0), "EXCEPTION_ACCESS_VIOLATION"),
        (crash(System.WINDOWS, 0xC0000005), "EXCEPTION_ACCESS_VIOLATION"),
        (
            crash(System.WINDOWS, 0xC0000006, 0, 1, 0, 0xC000009A),
            "EXCEPTION_IN_PAGE_ERROR_WRITE / 0xc000009a",
        ),
        (
            crash(System.WINDOWS, 0xC0000409, 0, 7),
            "EXCEPTION_STACK_BUFFER_OVERRUN / FAST_FAIL_FATAL_APP_EXIT",
        ),
        (crash(System.WINDOWS, 0xC0000409, 0, 999), "EXCEPTION_STACK_BUFFER_OVERRUN / 0x3e7"),
        (crash(System.WINDOWS, 0xE06D7363), "Unhandled C++ Exception"),
        (crash(System.WINDOWS, 0xDEADBEEF), "0xdeadbeef"),
        (crash(System.MACOS, 1, 2), "EXC_BAD_ACCESS / KERN_PROTECTION_FAILURE"),
        (crash(System.IOS, 2, 1), "EXC_BAD_INSTRUCTION / EXC_I386_INVOP"),
        (crash(System.MACOS, 6, 0), "EXC_BREAKPOINT"),
        (crash(System.MACOS, 10, 0x6000000), "EXC_CRASH / 0x06000000"),
        (crash(System.MACOS, 0x43507378), "Simulated Exception"),
        (Minidump(made=None), ""),
        (Minidump(made=None, assertion=DumpAssertion("x", "f", "a.c", 1)), "Assertion Failed"),
    ],
)  # fmt: skip
def test_a_reason_is_told_as_its_system_tells_it(dump: Minidump, reason: str) -> None:
    assert crash_reason(dump) == reason


def test_the_address_of_an_access_violation_is_its_second_parameter() -> None:
    assert crash_address(crash(System.WINDOWS, 0xC0000005, 0, 1, 0x45)) == 0x45
    assert crash_address(crash(System.WINDOWS, 0xC0000094)) == 0xABCD


def test_addresses_of_32_bit_processes_have_32_bits() -> None:
    dump = crash(System.WINDOWS, 0xC0000005, 0, 0, 0xFFFFFFFF80000042, arch="x86")
    assert crash_address(dump) == 0x80000042


def test_a_signal_that_was_sent_has_no_address() -> None:
    assert crash_address(crash(System.LINUX, 6)) is None
    assert crash_address(Minidump(made=None)) is None
