import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.registry import CommandClashError, CommandRegistry
from vedette.desktop.theme.theme import Theme


@pytest.fixture
def registry(qtbot: QtBot, theme: Theme) -> CommandRegistry:
    return CommandRegistry(theme)


def command(command_id: str, *keys: str, title: str = "", context: str = "app", **more: object) -> Command:
    return Command(command_id, title or command_id, lambda: None, keys=keys, context=context, **more)  # type: ignore[arg-type]


def test_a_taken_id_is_an_error_at_start(registry: CommandRegistry) -> None:
    registry.register(command("issue.resolve"))
    with pytest.raises(CommandClashError, match=r"issue\.resolve"):
        registry.register(command("issue.resolve"))


@pytest.mark.parametrize(
    ("first", "second"), [("E", "e"), ("Ctrl+K", "Ctrl+K"), ("G I", "G I"), ("G", "G I"), ("G I", "G")]
)
def test_taken_keys_in_the_same_context_are_an_error_at_start(
    registry: CommandRegistry, first: str, second: str
) -> None:
    registry.register(command("a.one", first))
    with pytest.raises(CommandClashError, match=r"a\.two.*a\.one"):
        registry.register(command("a.two", second))


def test_the_same_key_may_mean_two_things_in_two_contexts(registry: CommandRegistry) -> None:
    registry.register(command("list.open", "O", context="list"), command("event.order", "O", context="event"))
    assert registry.bindings("list")[("O",)].id == "list.open"
    assert registry.bindings("event")[("O",)].id == "event.order"


@pytest.mark.parametrize("command_id", ["resolve", ".verb", "noun."])
def test_an_id_is_noun_and_verb(registry: CommandRegistry, command_id: str) -> None:
    with pytest.raises(CommandClashError, match=r"noun\.verb"):
        registry.register(command(command_id))


def test_an_unknown_context_or_key_is_an_error_at_start(registry: CommandRegistry) -> None:
    with pytest.raises(CommandClashError, match="context"):
        registry.register(command("a.b", context="nowhere"))
    with pytest.raises(ValueError, match="NoSuchKey"):
        registry.register(command("a.c", "Ctrl+NoSuchKey"))


def test_a_command_that_does_not_apply_is_not_run(registry: CommandRegistry, qtbot: QtBot) -> None:
    done: list[str] = []
    applies = [False]
    registry.register(Command("issue.resolve", "Resolve", lambda: done.append("x"), when=lambda: applies[0]))
    assert not registry.run("issue.resolve")
    assert not registry.action("issue.resolve").isEnabled()
    applies[0] = True
    with qtbot.waitSignal(registry.ran) as ran:
        assert registry.run("issue.resolve")
    assert ran.args == ["issue.resolve"]
    assert done == ["x"]
    assert registry.action("issue.resolve").isEnabled()


def test_a_menu_shows_titles_separators_and_toggles(registry: CommandRegistry, qtbot: QtBot) -> None:
    on = [False]
    registry.register(
        command("view.wrap", title="Wrap lines", is_on=lambda: on[0]),
        command("issue.resolve", "E", title="Resolve", context="issue"),
        command("app.palette", "Ctrl+K", title="Commands"),
    )
    menu = QMenu()
    qtbot.addWidget(menu)
    registry.fill_menu(menu, ["view.wrap", None, "issue.resolve", "app.palette"])
    assert [action.text() for action in menu.actions()] == ["Wrap lines", "", "Resolve\tE", "Commands"]
    assert menu.actions()[1].isSeparator()
    assert menu.actions()[3].shortcut().toString() == "Ctrl+K"
    assert menu.actions()[2].shortcut().isEmpty()
    on[0] = True
    menu.aboutToShow.emit()
    assert menu.actions()[0].isChecked()


def test_the_palette_finds_what_applies_and_puts_recent_ones_first(registry: CommandRegistry) -> None:
    registry.register(
        command("issue.resolve", title="Resolve"),
        command("issue.archive", title="Archive", words="ignore mute"),
        command("issue.delete", title="Delete", when=lambda: False),
        command("list.down", "J", title="Next row", context="list", listed=False),
    )
    assert [found.command.id for found in registry.search("")] == ["issue.resolve", "issue.archive"]
    assert [found.command.id for found in registry.search("mute")] == ["issue.archive"]
    assert registry.search("delete") == []
    registry.run("issue.archive")
    assert registry.search("")[0].command.id == "issue.archive"


def test_the_sheet_leaves_out_keys_that_a_nearer_context_took(registry: CommandRegistry) -> None:
    registry.register(
        command("list.open", "O", "Return", title="Open", context="list"),
        command("event.order", "O", title="Order", context="event"),
        command("app.palette", "Ctrl+K", title="Commands"),
    )
    event, listed, everywhere = registry.shortcut_sheet(["event", "list", "app"])
    assert (event.title, event.lines) == ("Event", (("O", "Order"),))
    assert (listed.title, listed.lines) == ("Lists", (("Return", "Open"),))
    assert everywhere.title == "Everywhere"
    assert registry.tool_tip("event.order") == "Order (O)"
