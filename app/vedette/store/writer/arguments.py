"""Arguments of commands, checked: whatever is wrong with one is a CommandError that says what."""

from vedette.domain.json import JsonObject
from vedette.store.writer.command_error import CommandError

MOST_AT_ONCE = 10_000
LONGEST_NAME = 200


def numbers(args: JsonObject, name: str = "ids", *, most: int = MOST_AT_ONCE) -> list[int]:
    """Return the list of row numbers called *name*, each once; not empty."""
    given = args.get(name)
    if not isinstance(given, list) or not given or not all(type(n) is int for n in given):
        raise CommandError("bad_argument", f"`{name}` must be a list of numbers.")
    if len(given) > most:
        raise CommandError("too_many", f"At most {most:,} can be changed at once.")
    return list(dict.fromkeys(given))


def number(args: JsonObject, name: str = "id", *, least: int = 0, most: int = 2**62) -> int:
    """Return the whole number called *name*."""
    given = args.get(name)
    if type(given) is not int or not least <= given <= most:
        raise CommandError("bad_argument", f"`{name}` must be a number from {least:,} to {most:,}.")
    return given


def name_of(args: JsonObject, name: str = "name", *, longest: int = LONGEST_NAME) -> str:
    """Return the text called *name* without white space around it; not empty, one line."""
    given = args.get(name)
    if not isinstance(given, str) or not given.strip():
        raise CommandError("bad_argument", f"`{name}` must be a text.")
    return " ".join(given.split())[:longest]
