"""Kinds of files: what they are called, and which make events."""

import pytest

from vedette.domain.attachments import KINDS, kind_name, makes_event, type_of_file


@pytest.mark.parametrize(
    ("kind", "file", "name"),
    [
        ("event.attachment", "till.log", "Attachment"),
        ("event.attachment", "screenshot-1.PNG", "Screenshot"),
        ("event.attachment", "logcat.txt", "Logcat"),
        ("event.attachment", "view-hierarchy.json", "View hierarchy"),
        ("event.minidump", "screenshot.png", "Minidump"),
        ("something.new", "x", "Attachment"),
    ],
)
def test_a_file_is_called_by_its_type_or_its_name(kind: str, file: str, name: str) -> None:
    assert kind_name(kind, file) == name


def test_dumps_make_events_and_their_companions_do_not() -> None:
    assert {kind for kind in KINDS if makes_event(kind)} >= {"event.minidump", "event.applecrashreport"}
    assert not makes_event("event.view_hierarchy")
    assert not makes_event("something.new")


def test_a_forms_file_has_its_type_by_field_or_name() -> None:
    assert type_of_file("__sentry-event", "upload") == "event.payload"
    assert type_of_file("file", "__sentry-breadcrumb2") == "event.breadcrumbs"
    assert type_of_file("file", "GAME.NVDBG") == "event.nv_shader_debug"
    assert type_of_file("file", "a.txt") == "event.attachment"
