"""Where a project's source lies on this disk, and which file there a frame means. Reads folders only."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vedette.domain.json import JsonObject

_JVM_ROOTS = ("", "src/main/java", "src/main/kotlin", "src", "app/src/main/java", "app/src/main/kotlin")


@dataclass(frozen=True, slots=True)
class SourceRoots:
    """A project's folder, and (prefix, folder) for paths that begin otherwise than they lie here."""

    folder: Path | None = None
    mappings: tuple[tuple[str, Path], ...] = ()

    def __bool__(self) -> bool:
        return self.folder is not None or bool(self.mappings)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder that is looked into, mappings first."""
        found = [folder for _, folder in self.mappings]
        return tuple(dict.fromkeys([*found, self.folder] if self.folder is not None else found))

    def find(self, frame: JsonObject) -> Path | None:
        """Return the file of *frame*: by the first mapping that fits, else the longest ending of its path.

        Never a file outside the folders, whatever the path says and wherever links lead.
        """
        for name in names_of(frame):
            plain = plain_path(name)
            for prefix, folder in self.mappings:
                rest = _below(plain, plain_path(prefix))
                if rest and (found := _inside(folder, rest)) is not None:
                    return found
            if self.folder is not None and (found := _ending(self.folder, plain, name)) is not None:
                return found
        return None


def names_of(frame: JsonObject) -> Iterator[str]:
    """Yield the paths a frame goes by, the most telling first; a class of the JVM as the path it lies at."""
    module, filename = str(frame.get("module") or ""), str(frame.get("filename") or "")
    if frame.get("abs_path"):
        yield str(frame["abs_path"])
    if filename:
        yield filename
    if "." in module and filename.endswith((".java", ".kt", ".kts", ".scala", ".groovy")):
        package = module.split("$")[0].rpartition(".")[0].replace(".", "/")
        for root in _JVM_ROOTS:
            yield f"{root}/{package}/{filename}".lstrip("/")


def plain_path(name: str) -> str:
    """Return a path or address with slashes, without scheme, drive, query and what leads up."""
    name = name.replace("\\", "/")
    if "://" in name:
        name = name.split("://", 1)[1].partition("?")[0].partition("#")[0]
    elif name[1:2] == ":":
        name = name[2:]
    return "/".join(part for part in PurePosixPath(name.lstrip("~/")).parts if part not in ("/", ".", ".."))


def _below(path: str, prefix: str) -> str:
    """Return what follows *prefix* in *path*, "" if it does not begin with these folders."""
    if not prefix:
        return path
    return path[len(prefix) + 1 :] if path.startswith(prefix + "/") else ""


def _ending(folder: Path, plain: str, name: str) -> Path | None:
    at_home = _below(plain, plain_path(str(folder))) if name.startswith(str(folder)[:1]) else ""
    if at_home and (found := _inside(folder, at_home)) is not None:
        return found
    parts = plain.split("/")
    for start in range(len(parts)):
        if (found := _inside(folder, "/".join(parts[start:]))) is not None:
            return found
    return None


def _inside(folder: Path, rest: str) -> Path | None:
    """Return the file at *rest* in *folder* if it is one and lies there, links followed."""
    candidate = folder / rest
    try:
        if candidate.is_file() and candidate.resolve().is_relative_to(folder.resolve()):
            return candidate
    except (OSError, ValueError):
        return None
    return None
