"""An activity in a sentence. Pure."""

from vedette.desktop.language import mark, tr
from vedette.desktop.widgets.issue_standing import archived_in_words, resolved_in_words
from vedette.domain.json import JsonObject

_SENTENCES = {
    "first_seen": mark("It was seen for the first time"),
    "set_unresolved": mark("Reopened"),
    "auto_set_ongoing": mark("Ongoing: it has been so for a week"),
    "mark_reviewed": mark("Reviewed"),
    "merge": mark("Other issues were merged into it"),
    "unmerge_source": mark("A part of it became an issue of its own"),
    "unmerge_destination": mark("It was a part of another issue"),
}
_ENDED = {
    "count": mark("Back from the archive: it happened as often as was said"),
    "users": mark("Back from the archive: it befell as many users as was said"),
    "until": mark("Back from the archive: the time is over"),
    "run": mark("Back from the archive: there is a new run"),
    "release": mark("Back from the archive: there is a new release"),
}
_ICONS = {
    "note": "sticky-note",
    "first_seen": "sparkles",
    "set_regression": "rotate-ccw",
    "set_escalating": "trending-up",
    "set_ignored": "archive",
    "set_priority": "arrow-up-narrow-wide",
    "set_labels": "tag",
}


def icon_of(kind: str) -> str:
    """Return the icon that stands before it."""
    return "check" if kind.startswith("set_resolved") else _ICONS.get(kind, "circle-dot")


def sentence_of(kind: str, data: JsonObject) -> str:
    """Return what happened; of kinds nobody here knows, their name in the protocol."""
    if kind == "set_regression":
        if data.get("version"):
            return tr("It came back in {release}").format(release=data["version"])
        return tr("It came back")
    if kind == "set_escalating":
        return tr("It escalates: {count} events in an hour, {limit} would have been usual").format(
            count=data.get("count", "?"), limit=data.get("forecast", "?")
        )
    if kind == "set_unresolved" and data.get("ended") in _ENDED:
        return tr(_ENDED[data["ended"]])
    if kind.startswith("set_resolved"):
        return resolved_in_words(_details(kind, data))
    if kind == "set_ignored":
        known = any(name.startswith(("ignore", "until")) for name in data)
        return archived_in_words("archived_until_condition_met", data) if known else tr("Archived")
    if kind == "set_priority":
        return _priority(str(data.get("priority")))
    if kind == "set_labels":
        return _labels(data)
    return tr(_SENTENCES[kind]) if kind in _SENTENCES else kind.replace("_", " ")


def _details(kind: str, data: JsonObject) -> JsonObject:
    if kind == "set_resolved_in_commit":
        return {"inCommit": data.get("commit")}
    if kind == "set_resolved_in_release":
        if data.get("version"):
            return {"inRelease": data["version"]}
        return {"inNextRelease": True, "currentRelease": data.get("current_release_version")}
    return data


def _priority(priority: str) -> str:
    words = {"high": tr("High priority"), "medium": tr("Medium priority"), "low": tr("Low priority")}
    return words.get(priority, priority)


def _labels(data: JsonObject) -> str:
    parts = []
    if data.get("added"):
        parts.append(tr("Labelled {names}").format(names=", ".join(map(str, data["added"]))))
    if data.get("removed"):
        parts.append(tr("no longer {names}").format(names=", ".join(map(str, data["removed"]))))
    return ", ".join(parts)
