"""The page with exceptions, frames, threads and the message."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from tests.support.issue_desk import IssueDesk, Opener
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.issue.stack.frames import StackShow
from vedette.desktop.issue.stack_page.preferences import StackPreferences
from vedette.desktop.widgets.key_values import KeyValueTable


def an_event(**parts: Any) -> dict[str, Any]:
    return {"event_id": "ab" * 16, "platform": "python", **parts}


def test_one_exception_is_not_named_twice(desk: IssueDesk, show: Opener) -> None:
    desk.digest("py-shop-rich")
    stack = show("total is off").stack
    (section,) = stack.sections()
    title = section.findChild(type(show("total is off").header.title), "event.exception.0.title")
    assert title is not None
    assert title.isHidden(), "the header above says it"
    assert section.frames.open_frames() == {0}


def test_a_chain_stands_newest_first_with_its_words(desk: IssueDesk, show: Opener) -> None:
    desk.digest("py-shop-chained")
    stack = show("shop is not configured").stack
    assert [section.frames.accessibleName() for section in stack.sections()] == [
        "Stack trace of RuntimeError: shop is not configured",
        "Stack trace of FileNotFoundError: [Errno 2] No such file or directory: '/nonexistent/shop.ini'",
    ]
    assert stack.outline.isHidden(), "two in a chain need no outline"


def test_a_group_has_an_outline_whose_rows_lead_to_their_exception(
    desk: IssueDesk, show: Opener, qtbot: QtBot
) -> None:
    desk.digest("py-shop-group")
    stack = show("3 orders failed").stack
    assert not stack.outline.isHidden()
    assert [section.isHidden() for section in stack.sections()] == [False, False, False, True, True]
    stack.outline.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(stack.outline.hasFocus)
    for _ in range(4):
        qtbot.keyClick(stack.outline, Qt.Key.Key_Down)
    qtbot.keyClick(stack.outline, Qt.Key.Key_Return)
    last = stack.sections()[-1]
    assert not last.isHidden()
    assert last.frames.hasFocus()
    assert last.frames.open_frames()


def test_how_frames_are_shown_is_remembered_and_the_same_in_every_window(
    desk: IssueDesk, show: Opener, bridge: Bridge
) -> None:
    desk.digest("py-shop-recursion")
    stack = show("maximum recursion").stack
    assert len(stack.sections()[0].frames.rows()) == 3
    stack.set_show(StackShow.FULL)
    assert len(stack.sections()[0].frames.rows()) == 1_000
    bridge.preferences.set("stack.order", "oldest")  # by another window
    assert stack.sections()[0].frames.rows()[0].function == "<module>"  # type: ignore[union-attr]
    stack.toggle_raw()
    kept = StackPreferences(bridge.preferences)
    assert (kept.show, kept.newest_first, kept.variables) == (StackShow.RAW, False, True)
    stack.toggle_raw()
    assert kept.show is StackShow.FULL, "back to what it was"


@pytest.mark.parametrize("broken", ["nonsense", "", 7])
def test_strange_choices_count_as_none(bridge: Bridge, broken: str | int) -> None:
    for key in ("stack.show", "stack.order", "stack.variables"):
        bridge.preferences.set(key, broken)
    kept = StackPreferences(bridge.preferences)
    assert (kept.show, kept.newest_first, kept.variables) == (StackShow.RELEVANT, True, True)


def test_raw_is_the_platform_s_own_text_in_place_of_the_frames(desk: IssueDesk, show: Opener) -> None:
    desk.digest("py-shop-chained")
    stack = show("shop is not configured").stack
    stack.set_show(StackShow.RAW)
    assert stack.raw.text().startswith("Traceback (most recent call last):")
    assert not stack.raw.isHidden()
    assert all(section.isHidden() for section in stack.sections())
    stack.set_show(StackShow.RELEVANT)
    assert stack.raw.isHidden()


def test_a_message_shows_its_text_and_parameters_and_no_stack(desk: IssueDesk, show: Opener) -> None:
    desk.send(an_event(logentry={"message": "drawer %s stuck", "params": ["5"]}))
    view = show("drawer 5 stuck")
    stack = view.stack
    assert stack.message.text() == "drawer 5 stuck"
    assert [(row.label, row.value) for row in stack.params.rows()] == [
        ("message", "drawer %s stuck"),
        ("0", "5"),
    ]
    assert stack.shows.isHidden()
    assert view.tabs.tabText(0) == "Message"


def test_an_event_without_anything_says_so(desk: IssueDesk, show: Opener) -> None:
    desk.send(an_event())
    stack = show("").stack
    assert not stack.nothing.isHidden()
    assert stack.nothing.accessibleName().startswith("No stack trace")


def test_the_picker_leads_to_other_threads_and_back(desk: IssueDesk, show: Opener) -> None:
    def frames(name: str) -> dict[str, Any]:
        return {"frames": [{"function": name, "filename": "t.py", "lineno": 1, "in_app": True}]}

    desk.send(
        an_event(
            exception={
                "values": [{"type": "Boom", "value": "b", "thread_id": 1, "stacktrace": frames("pay")}]
            },
            threads={
                "values": [
                    {"id": 1, "name": "till", "crashed": True},
                    {"id": 2, "name": "printer", "stacktrace": frames("print_all")},
                ]
            },
        )
    )
    stack = show("Boom").stack
    assert [stack.threads.itemText(at) for at in range(stack.threads.count())] == [
        "till (crashed)",
        "printer",
    ]
    stack.threads.setCurrentIndex(1)
    stack.threads.activated.emit(1)
    assert [row.function for row in stack.sections()[0].frames.rows()] == ["print_all"]  # type: ignore[union-attr]
    assert stack.raw_text() == '  File "t.py", line 1, in print_all'
    stack.threads.activated.emit(0)
    assert [row.function for row in stack.sections()[0].frames.rows()] == ["pay"]  # type: ignore[union-attr]


def test_what_the_sdk_cut_is_said_beside_the_variable(desk: IssueDesk, show: Opener) -> None:
    desk.send(
        an_event(
            exception={
                "values": [
                    {
                        "type": "Boom",
                        "stacktrace": {
                            "frames": [
                                {"function": "f", "filename": "a.py", "lineno": 1, "vars": {"big": "abc..."}}
                            ]
                        },
                    }
                ]
            },
            _meta={
                "exception": {
                    "values": {"0": {"stacktrace": {"frames": {"0": {"vars": {"big": {"": {"len": 5000}}}}}}}}
                }
            },
        )
    )
    body = show("Boom").stack.sections()[0].frames.body(0)
    assert body is not None
    assert body.table is not None
    assert [(row.label, row.value) for row in body.table.rows()] == [
        ("big", "abc...   cut by SDK: 6 of 5,000 letters")
    ]


def test_sections_are_used_again_and_spare_ones_hidden(desk: IssueDesk, show: Opener) -> None:
    desk.digest("py-shop-group", "py-shop-rich")
    show("3 orders failed")
    stack = show("total is off").stack
    assert len(stack.sections()) == 1
    assert stack.outline.isHidden()
    assert sum(not section.isHidden() for section in stack.findChildren(type(stack.sections()[0]))) == 1


def test_a_native_crash_shows_columns_registers_and_whether_symbols_were_found(
    desk: IssueDesk, show: Opener
) -> None:
    frames = [
        {"instruction_addr": "0x2010", "package": "/usr/lib/libc.so.6", "trust": "scan"},
        {
            "instruction_addr": "0x1010",
            "package": "/opt/till",
            "function": "pay(int)",
            "trust": "context",
            "in_app": True,
        },
    ]
    stack = {"frames": frames, "registers": {"rip": "0x1010", "rax": "0x0"}}
    images = [
        {"type": "elf", "code_file": "/opt/till", "image_addr": "0x1000", "image_size": 256},
        {"type": "elf", "code_file": "/usr/lib/libc.so.6", "image_addr": "0x2000", "image_size": 256},
    ]
    desk.send(
        an_event(
            platform="native",
            exception={"values": [{"type": "SIGSEGV", "value": "Segfault", "stacktrace": stack}]},
            debug_meta={"images": images},
        )
    )
    page = show("SIGSEGV").stack
    (section,) = page.sections()
    assert section.frames.sentence(0) == "pay(int), /opt/till, in app, from the registers, open"
    (registers,) = section.findChildren(KeyValueTable, "event.registers")
    assert [(row.label, row.value) for row in registers.rows()] == [
        ("rip", "0x00001010"),
        ("rax", "0x00000000"),
    ]
    assert page.images.table is not None
    assert [(row.label, row.value.partition(" · ")[0]) for row in page.images.table.rows()] == [
        ("libc.so.6", "symbols: missing"),
        ("till", "symbols: found"),
    ]
    show("SIGSEGV")
    desk.digest("py-shop-chained")
    assert show("shop is not configured").stack.images.isHidden()


def test_the_variables_of_a_thread_know_what_was_cut(desk: IssueDesk, show: Opener) -> None:
    frame = {"function": "f", "filename": "a.py", "lineno": 1, "vars": {"big": ["a", "b"]}}
    meta = {
        "threads": {"values": {"0": {"stacktrace": {"frames": {"0": {"vars": {"big": {"": {"len": 9}}}}}}}}}
    }
    desk.send(
        an_event(
            logentry={"message": "stuck"},
            threads={"values": [{"id": 1, "name": "till", "stacktrace": {"frames": [frame]}}]},
            _meta=meta,
        )
    )
    body = show("stuck").stack.sections()[0].frames.body(0)
    assert body is not None
    assert body.tree is not None
    assert body.tree.model().index(0, 1).data().endswith("cut by SDK: 2 of 9")


def test_the_outline_is_read_row_by_row(desk: IssueDesk, show: Opener) -> None:
    desk.digest("py-shop-group")
    outline = show("3 orders failed").stack.outline
    interface = QAccessible.queryAccessibleInterface(outline)
    assert interface.childCount() == 5
    assert interface.child(0).text(QAccessible.Text.Name) == (
        "ExceptionGroup: 3 orders failed, a group of 2 exceptions"
    )
