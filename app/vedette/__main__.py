"""``python -m vedette``: the same as the installed command."""

from vedette.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
