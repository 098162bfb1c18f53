"""The kinds of files that come with events, by the protocol's name of their type.

Source: getsentry/relay ``AttachmentType``; file names by getsentry/sentry-docs.
"""

from dataclasses import dataclass

MINIDUMP = "event.minidump"
APPLE = "event.applecrashreport"
PAYLOAD = "event.payload"
BREADCRUMBS = "event.breadcrumbs"
UNREAL = "unreal_report"
UNREAL_CONTEXT = "unreal.context"
UNREAL_LOG = "unreal.logs"
PLAYSTATION = "playstation.prosperodump"
DYING_MESSAGE = "nswitch.dying_message"
GPU_DUMP = "event.nv_gpudmp"
VIEW_HIERARCHY = "event.view_hierarchy"
PLAIN = "event.attachment"


@dataclass(frozen=True, slots=True)
class AttachmentKind:
    """A kind of file: how people call it, and whether a file of it makes an event where none came."""

    type: str
    name: str
    makes_event: bool = False


KINDS = {
    kind.type: kind
    for kind in (
        AttachmentKind(PLAIN, "Attachment"),
        AttachmentKind(MINIDUMP, "Minidump", makes_event=True),
        AttachmentKind(APPLE, "Apple crash report", makes_event=True),
        AttachmentKind(PAYLOAD, "Event of a crash handler", makes_event=True),
        AttachmentKind(BREADCRUMBS, "Breadcrumbs of a crash handler", makes_event=True),
        AttachmentKind(UNREAL, "Unreal Engine crash report", makes_event=True),
        AttachmentKind(UNREAL_CONTEXT, "Unreal Engine crash context"),
        AttachmentKind(UNREAL_LOG, "Unreal Engine log"),
        AttachmentKind(VIEW_HIERARCHY, "View hierarchy"),
        AttachmentKind(PLAYSTATION, "PlayStation crash dump", makes_event=True),
        AttachmentKind(DYING_MESSAGE, "Nintendo Switch dying message", makes_event=True),
        AttachmentKind(GPU_DUMP, "NVIDIA GPU crash dump", makes_event=True),
        AttachmentKind("event.nv_shader_debug", "NVIDIA shader debug data"),
    )
}
_BY_NAME = (
    ("screenshot", "Screenshot"),
    ("logcat.txt", "Logcat"),
)
_SPECIAL_NAMES = {
    "__sentry-event": PAYLOAD,
    "__sentry-breadcrumb1": BREADCRUMBS,
    "__sentry-breadcrumb2": BREADCRUMBS,
    "view-hierarchy.json": VIEW_HIERARCHY,
    "dying_message.dat": DYING_MESSAGE,
}
_SUFFIXES = {
    ".nv-gpudmp": GPU_DUMP,
    ".nvdbg": "event.nv_shader_debug",
    ".prosperodmp": PLAYSTATION,
}


def kind_name(kind: str, file_name: str) -> str:
    """Return how people call a file of type *kind* named *file_name*: "Minidump", "Screenshot"."""
    known = KINDS.get(kind)
    if known is not None and kind != PLAIN:
        return known.name
    lower = file_name.lower()
    named = KINDS.get(_SPECIAL_NAMES.get(lower, ""))
    if named is not None:
        return named.name
    return next((name for start, name in _BY_NAME if lower.startswith(start)), KINDS[PLAIN].name)


def makes_event(kind: str) -> bool:
    """Whether a file of type *kind* makes an event where none came with it."""
    known = KINDS.get(kind)
    return known is not None and known.makes_event


def type_of_file(field: str, file_name: str) -> str:
    """Return the type of a file of a crash form by the form's *field* and the file's name."""
    for name in (field, file_name):
        if name in _SPECIAL_NAMES:
            return _SPECIAL_NAMES[name]
    return next((kind for suffix, kind in _SUFFIXES.items() if file_name.lower().endswith(suffix)), PLAIN)
