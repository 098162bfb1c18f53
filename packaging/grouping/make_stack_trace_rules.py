"""Write an edition's built-in rules about frames from a table of facts.

    make_stack_trace_rules.py rules-table.json app/vedette/processing/grouping/built_in/stack-trace-DATE.txt

The table: `rows` in order, each with `do` (actions) and either `field` with `any` (globs, a rule for each) or
`all` (conditions `{"frame": self|caller|callee, "field", "glob", "not"}`), and `family`, if one must fit.
"""

import json
import sys
from pathlib import Path
from typing import Any

HEAD = """\
# Rules about frames that count for every project, before its own.
# Made by packaging/grouping/make_stack_trace_rules.py from a table of facts about Sentry's rules; see
# docs/using/grouping.md for how they are written.
"""


def main(table: str, target: str) -> None:
    """Write the rules of *table* to *target*."""
    rows = json.loads(Path(table).read_text("utf-8"))["rows"]
    rules = [rule for row in rows for rule in _rules(row)]
    Path(target).write_text(HEAD + "\n".join(rules) + "\n", "utf-8", newline="\n")
    print(f"{len(rules)} rules")


def _rules(row: dict[str, Any]) -> list[str]:
    family = [f"family:{row['family']}"] if "family" in row else []
    actions = " ".join(row["do"])
    if "any" in row:
        return [" ".join((*family, _matcher(row["field"], glob), actions)) for glob in row["any"]]
    at: dict[str, list[str]] = {"caller": [], "self": [], "callee": []}
    for condition in row["all"]:
        matcher = _matcher(condition["field"], condition["glob"], is_negated=condition.get("not", False))
        at[condition["frame"]].append(matcher)
    parts = [f"[ {matcher} ] |" for matcher in at["caller"]]
    parts += [*family, *at["self"]]
    parts += [f"| [ {matcher} ]" for matcher in at["callee"]]
    return [" ".join((*parts, actions))]


def _matcher(field: str, glob: str, *, is_negated: bool = False) -> str:
    argument = glob.replace("\\", "\\\\")
    if any(character in argument for character in ' "#'):
        argument = '"' + argument.replace('"', '\\"') + '"'
    return f"{'!' if is_negated else ''}{field}:{argument}"


if __name__ == "__main__":
    main(*sys.argv[1:])
