"""The local user's token on disk: a file of the workspace that only its owner can read."""

import contextlib
import os
import secrets
from pathlib import Path


def make_token(path: Path) -> str:
    """Return the token in *path*, made if it is not there."""
    with contextlib.suppress(FileNotFoundError, UnicodeDecodeError):
        if token := path.read_text(encoding="ascii").strip():
            return token
    return renew_token(path)


def renew_token(path: Path) -> str:
    """Put a new token in the place of the one in *path* and return it. The file is whole at every moment."""
    token = secrets.token_hex(32)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(token + "\n")
    os.replace(part, path)
    return token
