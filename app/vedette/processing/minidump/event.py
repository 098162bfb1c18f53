"""A minidump's facts in the protocol's form: exception, threads, debug images, contexts.

Source: getsentry/symbolicator and getsentry/relay (fields of events made of minidumps). Stacks are not walked
here: each thread shows the frame it stood in.
"""

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.minidump import Annotations, DumpModule, DumpThread, Minidump, System
from vedette.processing.minidump.reasons import crash_address, crash_reason

MECHANISM = "minidump"
_LONGEST_VALUE = 4_096


def dump_event(dump: Minidump) -> JsonObject:
    """Return what *dump* says as the parts of an event; its exception is ``exception.values[0]``."""
    threads: list[JsonValue] = [_thread(dump, thread) for thread in dump.threads]
    event: JsonObject = {
        "platform": "native",
        "level": "fatal" if _has_crashed(dump) else "info",
        "exception": {"values": [_exception(dump)]},
        "threads": {"values": threads},
        "debug_meta": {"images": [_image(dump, module) for module in dump.modules]},
        "contexts": _contexts(dump),
        "sdk": {"name": f"minidump.{dump.writer or 'unknown'}", "version": "0.0.0"},
    }
    if dump.made is not None:
        event["timestamp"] = dump.made / 1e6
    return event


def _has_crashed(dump: Minidump) -> bool:
    reason = crash_reason(dump)
    return bool(reason) and reason not in ("Dump Requested", "Simulated Exception")


def _exception(dump: Minidump) -> JsonObject:
    reason = crash_reason(dump) or "Dump Requested"
    thread = dump.thread(dump.crashed_thread)
    exception: JsonObject = {
        "type": reason,
        "value": crash_value(dump, thread),
        "mechanism": {
            "type": MECHANISM,
            "synthetic": True,
            "handled": False,
            "data": _mechanism_data(dump),
            "meta": _mechanism_meta(dump),
        },
    }
    if dump.crashed_thread is not None:
        exception["thread_id"] = dump.crashed_thread
    if thread is not None and (stacktrace := _stacktrace(dump, thread)) is not None:
        exception["stacktrace"] = stacktrace
    return exception


def crash_value(dump: Minidump, thread: DumpThread | None) -> str:
    """Return where it crashed: the failed assertion, else the address in use and the place of the code."""
    assertion = dump.assertion
    if assertion is not None and assertion.expression:
        place = f" ({assertion.file}:{assertion.line})" if assertion.file else ""
        return f"{assertion.expression}{place}"[:_LONGEST_VALUE]
    counter = thread.pc if thread is not None else None
    address = crash_address(dump)
    parts = []
    if address is not None and address != counter:
        parts.append(f"at 0x{address:x}")
    if counter is not None:
        parts.append(f"in {code_place(dump, counter)}")
    return " ".join(parts) or "no thread is known to have crashed"


def code_place(dump: Minidump, address: int) -> str:
    """Return *address* as module and offset, ``libc-2.23.so + 0x1d``; alone when it is in no module."""
    module = dump.module_at(address)
    return f"no module (0x{address:x})" if module is None else f"{module.file} + 0x{address - module.base:x}"


def _mechanism_data(dump: Minidump) -> JsonObject:
    address = crash_address(dump)
    data: JsonObject = {} if address is None else {"address": f"0x{address:x}"}
    assertion = dump.assertion
    if assertion is not None:
        data["assertion"] = assertion.expression
        data["function"], data["file"], data["line"] = assertion.function, assertion.file, assertion.line
    return data


def _mechanism_meta(dump: Minidump) -> JsonObject:
    exception = dump.exception
    if exception is None or dump.system is System.WINDOWS:
        return {}
    if dump.system.is_apple:
        subcode = exception.parameters[2] if len(exception.parameters) > 2 else 0
        return {"mach_exception": {"exception": exception.code, "code": exception.flags, "subcode": subcode}}
    code = exception.flags if exception.flags < 1 << 31 else exception.flags - (1 << 32)
    return {"signal": {"number": exception.code, "code": code}}


def _thread(dump: Minidump, thread: DumpThread) -> JsonObject:
    is_crashed = thread.id == dump.crashed_thread
    shaped: JsonObject = {"id": thread.id, "crashed": is_crashed, "current": is_crashed}
    if thread.name:
        shaped["name"] = thread.name
    if thread.id != dump.dump_thread or is_crashed:
        stacktrace = _stacktrace(dump, thread)
        if stacktrace is not None:
            shaped["stacktrace"] = stacktrace
    return shaped


def _stacktrace(dump: Minidump, thread: DumpThread) -> JsonObject | None:
    if thread.pc is None:
        return None
    frame: JsonObject = {"instruction_addr": f"0x{thread.pc:x}", "trust": "context"}
    module = dump.module_at(thread.pc)
    if module is not None:
        frame["package"] = module.name
        frame["image_addr"] = f"0x{module.base:x}"
    return {
        "frames": [frame],
        "registers": {name: f"0x{value:x}" for name, value in thread.registers},
    }


def _image(dump: Minidump, module: DumpModule) -> JsonObject:
    image: JsonObject = {
        "type": dump.system.image_type,
        "code_file": module.name,
        "image_addr": f"0x{module.base:x}",
        "image_size": module.size,
    }
    optional = {
        "debug_file": module.debug_file or (module.name if module.debug_id else None),
        "debug_id": module.debug_id,
        "code_id": module.code_id,
        "arch": dump.arch or None,
        "version": module.version or None,
    }
    return image | {name: value for name, value in optional.items() if value is not None}


def _contexts(dump: Minidump) -> JsonObject:
    contexts: JsonObject = {}
    system = {
        "name": dump.system.value or None,
        "version": dump.system_version or None,
        "build": dump.system_build or None,
        "raw_description": dump.system_text or None,
        "distribution_name": _distribution(dump, "DISTRIB_ID", "ID"),
        "distribution_version": _distribution(dump, "DISTRIB_RELEASE", "VERSION_ID"),
    }
    if named := {name: value for name, value in system.items() if value}:
        contexts["os"] = {"type": "os", **named}
    if dump.arch or dump.processors:
        contexts["device"] = {"type": "device", "arch": dump.arch or None, "processor_count": dump.processors}
    process = {
        "process_id": dump.process,
        "process_start_time": None if dump.process_started is None else dump.process_started / 1e6,
        "memory_ranges": dump.memory_ranges or None,
        "memory_bytes": dump.memory_bytes or None,
        "streams": [stream.name or hex(stream.kind) for stream in dump.streams],
        "remarks": list(dump.remarks) or None,
    }
    contexts["minidump"] = {"type": "minidump"} | {
        name: value for name, value in process.items() if value is not None
    }
    for found in dump.annotations:
        _add_annotations(contexts, dump, found)
    if dump.report_id is not None or dump.client_id is not None:
        crashpad = contexts.setdefault("crashpad", {"type": "crashpad"})
        crashpad |= {
            name: value
            for name, value in (("report_id", dump.report_id), ("client_id", dump.client_id))
            if value is not None
        }
    return contexts


def _distribution(dump: Minidump, *names: str) -> str | None:
    known = dict(dump.distribution)
    return next((known[name] for name in names if name in known), None)


def _add_annotations(contexts: JsonObject, dump: Minidump, found: Annotations) -> None:
    """Annotations of the process are the context ``crashpad``; those of a module one named by its file."""
    name = "crashpad" if found.module is None else dump.modules[found.module].file or f"module {found.module}"
    context = contexts.setdefault(name, {})
    context["type"] = "crashpad"
    for key, value in (*found.simple, *found.objects):
        if key != "type":
            context.setdefault(key, value)
    if found.list:
        context["annotations"] = list(found.list)
