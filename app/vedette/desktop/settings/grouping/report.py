"""What changed rules would do, in words: a row for each issue that would lose events."""

from vedette.api.regroup_preview import Going, IssueChange, RegroupPreview
from vedette.desktop.language import tr
from vedette.desktop.widgets.units import count


def summary(preview: RegroupPreview) -> str:
    """Return the whole in two sentences."""
    if not preview.changes:
        said = tr("Nothing that is stored would change.")
    else:
        said = tr("%n issue(s) would change.", "", len(preview.changes))
        merged = sum(change.is_merged for change in preview.changes)
        if merged:
            said += " " + tr("%n of them would be merged into another one.", "", merged)
    if preview.is_whole:
        looked = tr("All %n stored event(s) were looked at.", "", preview.looked_at)
    else:
        looked = tr("The newest %n event(s) were looked at.", "", preview.looked_at)
    return f"{said} {looked}"


def where_to(change: IssueChange) -> str:
    """Say where the events of an issue would go."""
    said = [_going(going) for going in change.goes[:4]]
    if len(change.goes) > len(said):
        said.append(tr("and elsewhere"))
    if change.stays:
        said.append(tr("%n would stay", "events", change.stays))
    return ", ".join(said)


def sentence(change: IssueChange) -> str:
    """Return a row in words."""
    return f"{change.short}, {change.title}: {where_to(change)}"


def _going(going: Going) -> str:
    if going.issue is not None:
        return tr("{events} to {issue}").format(events=count(going.events), issue=going.short)
    return tr("{events} to a new issue").format(events=count(going.events))
