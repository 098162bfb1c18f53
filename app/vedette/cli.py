"""The command line: what each command takes, and which part of `main` it starts.

Imports of the parts happen inside the commands, so that `--help`, `serve` and digest load only their own.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from vedette import __version__

_LOOPBACK = "127.0.0.1"
_PORT = 8969
_SCHEME = "vedette:"
_WITH_VALUE = ("--data", "--theme")
"""Options before a command whose value is another argument."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command *arguments* name (the process's own without any) and return the exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser().parse_args(with_open(given))
    return int(options.run(options))


def with_open(arguments: Sequence[str]) -> list[str]:
    """Return *arguments* with the command `open` before a link that stands where a command would."""
    found, before = list(arguments), ""
    for at, argument in enumerate(found):
        if before not in _WITH_VALUE and not argument.startswith("-"):
            return [*found[:at], "open", *found[at:]] if argument.lower().startswith(_SCHEME) else found
        before = argument
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vedette", description="Offline error and performance inspection for one desk and its network."
    )
    parser.add_argument("--version", action="version", version=f"vedette {__version__}")
    _add_data(parser)
    _add_window(parser)
    parser.set_defaults(run=_window)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND | LINK")

    opening = commands.add_parser(
        "open", help="the window, at the place a vedette:// link leads to, or with what is in a file"
    )
    opening.add_argument(
        "target",
        metavar="LINK|FILE",
        help="vedette://desk/issues/DESK-12, or a file of envelopes or event JSON",
    )
    _add_data(opening)
    _add_window(opening, default=argparse.SUPPRESS)
    opening.set_defaults(run=_open)

    serve = commands.add_parser("serve", help="listen without a window")
    serve.add_argument("--host", default=_LOOPBACK, help="address to listen on (default %(default)s)")
    serve.add_argument(
        "--port", type=_port, help=f"port; 0 picks a free one (default {_PORT} or the next free)"
    )
    _add_data(serve)
    serve.set_defaults(run=_serve)

    demo = commands.add_parser("demo", help="a workspace filled with recorded traffic, then the window")
    _add_data(demo)
    _add_window(demo, default=argparse.SUPPRESS)
    demo.add_argument("--no-window", action="store_true", help="fill the workspace and stop")
    demo.set_defaults(run=_demo)

    screenshot = commands.add_parser("screenshot", help="every screen as PNG, off-screen")
    _add_data(screenshot)
    screenshot.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    screenshot.add_argument("--theme", choices=("light", "dark"), help="both without it")
    screenshot.add_argument("--size", type=_size, default=(1440, 900), metavar="WxH", help="default 1440x900")
    screenshot.add_argument("--demo", action="store_true", help="of the demo workspace")
    screenshot.add_argument("--states", action="store_true", help="each screen in every state it can be in")
    screenshot.set_defaults(run=_screenshot)

    register = commands.add_parser("register", help="have vedette:// links open Vedette, for this user")
    register.add_argument("--remove", action="store_true", help="no longer")
    register.set_defaults(run=_register)

    doctor = commands.add_parser("doctor", help="check this machine: Qt, SQLite, ports, disk, network")
    _add_data(doctor)
    doctor.set_defaults(run=_doctor)

    group = commands.add_parser("group", help="how events would be grouped: JSON lines in, JSON lines out")
    group.add_argument(
        "source", metavar="FILE", nargs="?", default="-", help="events, one a line; - is stdin"
    )
    group.add_argument("--explain", action="store_true", help="why, as a tree to read")
    group.add_argument(
        "--stack-trace-rules", type=Path, metavar="FILE", help="rules beside the built-in ones"
    )
    group.add_argument(
        "--fingerprint-rules", type=Path, metavar="FILE", help="rules before the built-in ones"
    )
    group.set_defaults(run=_group)

    digest = commands.add_parser("digest")  # started by the station, not by people: no help
    _add_data(digest)
    digest.add_argument("--limits", default="")
    digest.set_defaults(run=_digest)
    return parser


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="DIR",
        help="workspace folder (default: $VEDETTE_DATA, else the platform's)",
    )


def _add_window(parser: argparse.ArgumentParser, default: str | bool | None = None) -> None:
    """Add the options of a window; SUPPRESS as *default* keeps what was said before the command."""
    parser.add_argument(
        "--theme",
        choices=("system", "light", "dark", "contrast"),
        default=default,
        help="colours of the window",
    )
    parser.add_argument(
        "--new-window",
        action="store_true",
        default=default or False,
        help="a further window if there is one",
    )


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port lies between 0 and 65535")
    return number


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (
        width.isdigit() and height.isdigit() and 320 <= int(width) <= 8192 and 240 <= int(height) <= 8192
    ):
        raise argparse.ArgumentTypeError("a size is WIDTHxHEIGHT, as in 1440x900")
    return int(width), int(height)


def data_folder(options: argparse.Namespace) -> Path:
    """Return the workspace folder: `--data`, else VEDETTE_DATA, else the platform's place for user data."""
    given: Path | None = getattr(options, "data", None)
    if given is not None:
        return given.expanduser().absolute()
    if os.environ.get("VEDETTE_DATA"):
        return Path(os.environ["VEDETTE_DATA"]).expanduser().absolute()
    import platformdirs  # start-up time: most starts name no folder in the environment, digest always does

    return Path(platformdirs.user_data_dir("Vedette", appauthor=False))


def _window(options: argparse.Namespace) -> int:
    from vedette import main as parts

    return parts.run_window(data_folder(options), theme=options.theme, new_window=options.new_window)


def _open(options: argparse.Namespace) -> int:
    from vedette import main as parts

    given = getattr(options, "data", None) is not None
    return parts.run_open(
        data_folder(options),
        options.target,
        is_chosen=given,
        theme=options.theme,
        new_window=options.new_window,
    )


def _register(options: argparse.Namespace) -> int:
    from vedette.desktop.registration import own_program, register

    try:
        print(register(own_program(), remove=options.remove))
    except OSError as error:
        print(f"vedette: the desktop's settings cannot be written: {error}", file=sys.stderr)
        return 1
    return 0


def _serve(options: argparse.Namespace) -> int:
    from vedette import main as parts

    return parts.run_serve(data_folder(options), host=options.host, port=options.port)


def _demo(options: argparse.Namespace) -> int:
    from vedette import main as parts

    folder = getattr(options, "data", None)
    return parts.run_demo(
        folder and data_folder(options),
        theme=options.theme,
        window=not options.no_window,
        new_window=options.new_window,
    )


def _screenshot(options: argparse.Namespace) -> int:
    from vedette import main as parts

    themes = (options.theme,) if options.theme else ("light", "dark")
    folder = None if options.demo else data_folder(options)
    return parts.run_screenshot(
        folder, out=options.out, themes=themes, size=options.size, states=options.states
    )


def _doctor(options: argparse.Namespace) -> int:
    from vedette.doctor import run_doctor

    return run_doctor(data_folder(options))


def _group(options: argparse.Namespace) -> int:
    from vedette.group import run_group

    return run_group(
        options.source,
        explain=options.explain,
        stack_trace_rules=options.stack_trace_rules,
        fingerprint_rules=options.fingerprint_rules,
    )


def _digest(options: argparse.Namespace) -> int:
    from vedette import main as parts

    return parts.run_digest(data_folder(options), options.limits)


if __name__ == "__main__":
    sys.exit(main())
