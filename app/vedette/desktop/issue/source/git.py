"""Whether files are as they were at an event's release, asked of git if there is one. For worker threads.

Only object names are read, by ``git cat-file``: it runs no hook, filter or pager, and is kept from fetching.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from vedette.domain.json import JsonObject

LIMIT_S = 2.0
_WHOLE = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-f])", re.IGNORECASE)
_SHORT = re.compile(r"(?:^|[@+_.-])([0-9a-f]{7,39})(?=$|[@+_.-])", re.IGNORECASE)
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+/@-]*")
_TAGS = ("revision", "commit", "git.commit", "git.sha", "git_commit", "git_sha", "sha")
_QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_PAGER": "",
    "LC_ALL": "C",
}


def revisions_of(event: JsonObject) -> tuple[str, ...]:
    """Return what git may know the state of *event*'s program by: commits it names, tags of its release."""
    release, dist = str(event.get("release") or ""), str(event.get("dist") or "")
    tags = dict(_pairs(event.get("tags")))
    named = [release, dist, *(str(tags.get(name) or "") for name in _TAGS)]
    found = [match[0] for text in named for match in _WHOLE.finditer(text)]
    found += [match[1] for text in named for match in _SHORT.finditer(text)]
    version = release.rsplit("@", 1)[-1]
    for name in dict.fromkeys((release, version, f"v{version}")) if release else ():
        if _REF.fullmatch(name) and ".." not in name and not name.endswith((".lock", "/", ".")):
            found.append(f"refs/tags/{name}")
    return tuple(dict.fromkeys(found))[:8]


def _pairs(tags: object) -> Iterable[tuple[str, object]]:
    if isinstance(tags, Mapping):
        yield from ((str(key), value) for key, value in tags.items())
    elif isinstance(tags, Sequence) and not isinstance(tags, str):
        for pair in tags:
            if isinstance(pair, Sequence) and len(pair) == 2:
                yield str(pair[0]), pair[1]


def unchanged_since(
    revisions: Sequence[str], files: Mapping[Path, bytes], limit: float = LIMIT_S
) -> dict[Path, str]:
    """Return those of *files* (with their bytes now) that are as they were, with the revision that says so.

    The first of *revisions* that has a file decides about it. Without git, without a repository, or after
    *limit* seconds for each folder, nothing is known of the files.
    """
    git = shutil.which("git")
    if git is None or not revisions:
        return {}
    found: dict[Path, str] = {}
    folders: dict[Path, list[Path]] = {}
    for path in files:
        folders.setdefault(path.parent, []).append(path)
    for folder, paths in folders.items():
        names = _object_names(git, folder, revisions, [path.name for path in paths], limit)
        for path in paths:
            known = next(((at, names[at, path.name]) for at in revisions if (at, path.name) in names), None)
            if known is not None and _has_name(files[path], known[1]):
                found[path] = known[0]
    return found


def _object_names(
    git: str, folder: Path, revisions: Sequence[str], names: Sequence[str], limit: float
) -> dict[tuple[str, str], str]:
    asked = [(at, name) for name in names for at in revisions if "\n" not in name]
    lines = "".join(f"{at}:./{name}\n" for at, name in asked)
    try:
        ran = subprocess.run(
            [git, "-C", str(folder), "-c", "core.fsmonitor=false", "cat-file", "--batch-check"],
            input=lines.encode(),
            capture_output=True,
            timeout=limit,
            check=False,
            env=dict(os.environ) | _QUIET,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) if sys.platform == "win32" else 0,
        )
    except (OSError, subprocess.TimeoutExpired):
        return {}
    answers = ran.stdout.decode("utf-8", "replace").split("\n")
    found = {}
    for key, answer in zip(asked, answers, strict=False):
        words = answer.split(" ")
        if len(words) == 3 and words[1] == "blob":
            found[key] = words[0]
    return found


def _has_name(content: bytes, name: str) -> bool:
    """Return whether git names *content* so; line ends may have been changed on checking out."""
    make = hashlib.sha256 if len(name) == 64 else hashlib.sha1
    texts = (content, content.replace(b"\r\n", b"\n"))
    return any(make(b"blob %d\0" % len(text) + text).hexdigest() == name for text in texts)
