"""Why a process crashed, in the words of its system.

Sources: Microsoft's ``winnt.h`` and ``ntstatus.h`` (exception codes, FAST_FAIL_*), Linux ``signal.h`` and
``asm-generic/siginfo.h``, Apple's ``mach/exception_types.h``, ``mach/kern_return.h`` and
``mach/i386/exception.h``, chromium/crashpad for the codes it makes itself.
"""

from vedette.domain.minidump import DumpException, Minidump, System

_WINDOWS = {
    0x40010005: "DBG_CONTROL_C",
    0x40010008: "DBG_CONTROL_BREAK",
    0x406D1388: "MS_VC_THREAD_NAME",
    0x80000001: "EXCEPTION_GUARD_PAGE",
    0x80000002: "EXCEPTION_DATATYPE_MISALIGNMENT",
    0x80000003: "EXCEPTION_BREAKPOINT",
    0x80000004: "EXCEPTION_SINGLE_STEP",
    0xC0000005: "EXCEPTION_ACCESS_VIOLATION",
    0xC0000006: "EXCEPTION_IN_PAGE_ERROR",
    0xC0000008: "EXCEPTION_INVALID_HANDLE",
    0xC000000D: "STATUS_INVALID_PARAMETER",
    0xC0000017: "STATUS_NO_MEMORY",
    0xC000001D: "EXCEPTION_ILLEGAL_INSTRUCTION",
    0xC0000025: "EXCEPTION_NONCONTINUABLE_EXCEPTION",
    0xC0000026: "EXCEPTION_INVALID_DISPOSITION",
    0xC000008C: "EXCEPTION_BOUNDS_EXCEEDED",
    0xC000008D: "EXCEPTION_FLT_DENORMAL_OPERAND",
    0xC000008E: "EXCEPTION_FLT_DIVIDE_BY_ZERO",
    0xC000008F: "EXCEPTION_FLT_INEXACT_RESULT",
    0xC0000090: "EXCEPTION_FLT_INVALID_OPERATION",
    0xC0000091: "EXCEPTION_FLT_OVERFLOW",
    0xC0000092: "EXCEPTION_FLT_STACK_CHECK",
    0xC0000093: "EXCEPTION_FLT_UNDERFLOW",
    0xC0000094: "EXCEPTION_INT_DIVIDE_BY_ZERO",
    0xC0000095: "EXCEPTION_INT_OVERFLOW",
    0xC0000096: "EXCEPTION_PRIV_INSTRUCTION",
    0xC00000FD: "EXCEPTION_STACK_OVERFLOW",
    0xC0000135: "STATUS_DLL_NOT_FOUND",
    0xC0000139: "STATUS_ENTRYPOINT_NOT_FOUND",
    0xC0000142: "STATUS_DLL_INIT_FAILED",
    0xC0000194: "EXCEPTION_POSSIBLE_DEADLOCK",
    0xC0000374: "STATUS_HEAP_CORRUPTION",
    0xC0000409: "EXCEPTION_STACK_BUFFER_OVERRUN",
    0xC0000417: "STATUS_INVALID_CRUNTIME_PARAMETER",
    0xC0000420: "STATUS_ASSERTION_FAILURE",
    0xC0000602: "STATUS_FAIL_FAST_EXCEPTION",
    0x0517A7ED: "Simulated Exception",
    0xE0000008: "Out of Memory",
    0xE0434352: ".NET Exception",
    0xE06D7363: "Unhandled C++ Exception",
}
_ACCESS_VIOLATION, _IN_PAGE_ERROR, _BUFFER_OVERRUN = 0xC0000005, 0xC0000006, 0xC0000409
_ACCESSES = {0: "READ", 1: "WRITE", 8: "EXEC"}
_FAST_FAIL = {
    0: "LEGACY_GS_VIOLATION",
    1: "VTGUARD_CHECK_FAILURE",
    2: "STACK_COOKIE_CHECK_FAILURE",
    3: "CORRUPT_LIST_ENTRY",
    4: "INCORRECT_STACK",
    5: "INVALID_ARG",
    6: "GS_COOKIE_INIT",
    7: "FATAL_APP_EXIT",
    8: "RANGE_CHECK_FAILURE",
    9: "UNSAFE_REGISTRY_ACCESS",
    10: "GUARD_ICALL_CHECK_FAILURE",
    11: "GUARD_WRITE_CHECK_FAILURE",
    12: "INVALID_FIBER_SWITCH",
    13: "INVALID_SET_OF_CONTEXT",
    14: "INVALID_REFERENCE_COUNT",
    18: "INVALID_JUMP_BUFFER",
    19: "MRDATA_MODIFIED",
    20: "CERTIFICATION_FAILURE",
    21: "INVALID_EXCEPTION_CHAIN",
    22: "CRYPTO_LIBRARY",
    23: "INVALID_CALL_IN_DLL_CALLOUT",
    24: "INVALID_IMAGE_BASE",
    25: "DLOAD_PROTECTION_FAILURE",
    26: "UNSAFE_EXTENSION_CALL",
}

_SIGNALS = {
    1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE",
    9: "SIGKILL", 10: "SIGUSR1", 11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM",
    16: "SIGSTKFLT", 17: "SIGCHLD", 18: "SIGCONT", 19: "SIGSTOP", 20: "SIGTSTP", 21: "SIGTTIN", 22: "SIGTTOU",
    23: "SIGURG", 24: "SIGXCPU", 25: "SIGXFSZ", 26: "SIGVTALRM", 27: "SIGPROF", 28: "SIGWINCH", 29: "SIGIO",
    30: "SIGPWR", 31: "SIGSYS",
}  # fmt: skip
_DUMP_REQUESTED = 0xFFFFFFFF
_SIGNAL_CODES = {
    "SIGILL": ("ILLOPC", "ILLOPN", "ILLADR", "ILLTRP", "PRVOPC", "PRVREG", "COPROC", "BADSTK"),
    "SIGFPE": ("INTDIV", "INTOVF", "FLTDIV", "FLTOVF", "FLTUND", "FLTRES", "FLTINV", "FLTSUB"),
    "SIGSEGV": (
        "MAPERR", "ACCERR", "BNDERR", "PKUERR", "ACCADI", "ADIDERR", "ADIPERR", "MTEAERR", "MTESERR",
    ),
    "SIGBUS": ("ADRALN", "ADRERR", "OBJERR", "MCEERR_AR", "MCEERR_AO"),
    "SIGTRAP": ("BRKPT", "TRACE", "BRANCH", "HWBKPT", "UNK"),
}  # fmt: skip
_ANY_SIGNAL_CODE = {
    0x80: "SI_KERNEL",
    0xFFFFFFFF: "SI_QUEUE",
    0xFFFFFFFE: "SI_TIMER",
    0xFFFFFFFD: "SI_MESGQ",
    0xFFFFFFFC: "SI_ASYNCIO",
    0xFFFFFFFB: "SI_SIGIO",
    0xFFFFFFFA: "SI_TKILL",
}

_MACH = {
    1: "EXC_BAD_ACCESS",
    2: "EXC_BAD_INSTRUCTION",
    3: "EXC_ARITHMETIC",
    4: "EXC_EMULATION",
    5: "EXC_SOFTWARE",
    6: "EXC_BREAKPOINT",
    7: "EXC_SYSCALL",
    8: "EXC_MACH_SYSCALL",
    9: "EXC_RPC_ALERT",
    10: "EXC_CRASH",
    11: "EXC_RESOURCE",
    12: "EXC_GUARD",
    13: "EXC_CORPSE_NOTIFY",
    0x43506E78: "NSException",
    0x43507378: "Simulated Exception",
}
_MACH_CODES = {
    "EXC_BAD_ACCESS": {
        1: "KERN_INVALID_ADDRESS",
        2: "KERN_PROTECTION_FAILURE",
        3: "KERN_NO_SPACE",
        4: "KERN_INVALID_ARGUMENT",
        5: "KERN_FAILURE",
        10: "KERN_MEMORY_ERROR",
        13: "EXC_I386_GPFLT",
        50: "KERN_CODESIGN_ERROR",
        0x101: "EXC_ARM_DA_ALIGN",
        0x102: "EXC_ARM_DA_DEBUG",
    },
    "EXC_BAD_INSTRUCTION": {1: "EXC_I386_INVOP", 11: "EXC_I386_SEGNPFLT", 13: "EXC_I386_GPFLT"},
    "EXC_ARITHMETIC": {1: "EXC_I386_DIV", 2: "EXC_I386_INTO", 5: "EXC_I386_EXTERR"},
    "EXC_SOFTWARE": {0x10003: "EXC_SOFT_SIGNAL"},
    "EXC_BREAKPOINT": {1: "EXC_I386_SGL", 2: "EXC_I386_BPT"},
}
_SENDING_SIGNALS = ("SIGABRT", "SIGQUIT", "SIGKILL", "SIGTERM", "SIGINT")


def crash_reason(dump: Minidump) -> str:
    """Return the reason of the crash, as in ``SIGSEGV / SEGV_MAPERR``; "" when nothing crashed."""
    exception = dump.exception
    if exception is None:
        return "Assertion Failed" if dump.assertion is not None else ""
    if dump.system is System.WINDOWS:
        return _windows_reason(exception)
    if dump.system.is_apple:
        return _mach_reason(exception)
    return _signal_reason(exception)


def crash_address(dump: Minidump) -> int | None:
    """Return the address whose use failed; None when the crash is not about an address."""
    exception = dump.exception
    if exception is None:
        return None
    address = exception.address
    if dump.system is System.WINDOWS:
        if exception.code in (_ACCESS_VIOLATION, _IN_PAGE_ERROR) and len(exception.parameters) > 1:
            address = exception.parameters[1]
    elif not dump.system.is_apple and _SIGNALS.get(exception.code) in _SENDING_SIGNALS:
        return None  # there it is the process that sent the signal
    return address & 0xFFFFFFFF if dump.arch in ("x86", "arm") else address


def _windows_reason(exception: DumpException) -> str:
    code, parameters = exception.code, exception.parameters
    name = _WINDOWS.get(code) or f"0x{code:08x}"
    if code in (_ACCESS_VIOLATION, _IN_PAGE_ERROR) and parameters:
        name = f"{name}_{_ACCESSES[parameters[0]]}" if parameters[0] in _ACCESSES else name
        if code == _IN_PAGE_ERROR and len(parameters) > 2:
            name = f"{name} / 0x{parameters[2] & 0xFFFFFFFF:08x}"
    elif code == _BUFFER_OVERRUN and parameters:
        fault = _FAST_FAIL.get(parameters[0])
        name = f"{name} / {'FAST_FAIL_' + fault if fault else hex(parameters[0])}"
    return name


def _signal_reason(exception: DumpException) -> str:
    if exception.code == _DUMP_REQUESTED:
        return "Dump Requested"
    name = _SIGNALS.get(exception.code) or f"Signal 0x{exception.code:x}"
    code = exception.flags
    if code == 0:  # sent by a process, or by a writer that did not note it
        return name
    own = _SIGNAL_CODES.get(name, ())
    if code <= len(own):
        return f"{name} / {name[3:]}_{own[code - 1]}"
    if name == "SIGSYS" and code == 1:
        return f"{name} / SYS_SECCOMP"
    return f"{name} / {_ANY_SIGNAL_CODE.get(code) or f'0x{code:08x}'}"


def _mach_reason(exception: DumpException) -> str:
    name = _MACH.get(exception.code) or f"Exception 0x{exception.code:x}"
    code = exception.flags
    known = _MACH_CODES.get(name, {}).get(code)
    if known is None and code == 0:
        return name
    return f"{name} / {known or f'0x{code:08x}'}"
