"""Where the workspaces are that this user opened, by the name links call them."""

from pathlib import Path

from vedette.desktop.preferences import Preferences
from vedette.desktop.shell.links import LinkError, parse_link, workspace_name
from vedette.domain.workspace import Workspace

KEY = "workspaces.known"
_MOST = 50


def remember(preferences: Preferences, workspace: Workspace) -> None:
    """Note where *workspace* is; of two with one name the one opened last is meant."""
    known = preferences.get(KEY, {})
    name = workspace_name(workspace.folder)
    # The newest last, so that the oldest make way.
    kept = [(key, value) for key, value in known.items() if key != name][-_MOST + 1 :]
    preferences.set(KEY, dict([*kept, (name, str(workspace.folder))]))


def folder_for(preferences: Preferences, link: str, usual: Path) -> Path:
    """Return the folder of the workspace that *link* leads into; *usual* if that is not known, or no more."""
    try:
        name = parse_link(link).workspace
    except LinkError:
        return usual
    if name == workspace_name(usual):
        return usual
    known = preferences.get(KEY, {}).get(name)
    if isinstance(known, str) and Workspace(Path(known)).database.is_file():
        return Path(known)
    return usual
