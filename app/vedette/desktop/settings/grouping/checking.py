"""Whether a text of rules can be read, and where not."""

from vedette.desktop.issue.grouping.drafts import RuleKind
from vedette.desktop.settings.grouping.rule_edit import Problem
from vedette.processing.grouping.rule_text import RuleTextError
from vedette.processing.grouping.rules import grouping_rules


def problems_in(kind: RuleKind, text: str) -> tuple[Problem, ...]:
    """Return what is wrong in *text*: the first rule that cannot be read, and only that.

    Pure work of some milliseconds for long texts: for a worker thread.
    """
    try:
        if kind is RuleKind.STACK_TRACE:
            grouping_rules(text, "")
        else:
            grouping_rules("", text)
    except RuleTextError as error:
        lines = text.splitlines()
        line = error.line - 1
        rest = lines[line][error.column - 1 :] if line < len(lines) else ""
        return (Problem(line, error.column - 1, len(rest.split(" ", 1)[0]), error.sentence),)
    return ()
