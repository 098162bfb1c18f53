"""A request as text for the clipboard. Pure."""

from vedette.desktop.ingest.curl import curl_command
from vedette.desktop.language import tr
from vedette.desktop.widgets import relative_time, units
from vedette.store.queries.requests import RequestRow


def request_line(row: RequestRow) -> str:
    """Return a request as one line, its values separated by tabs."""
    return "\t".join(
        (
            relative_time.exact(row.received),
            row.ip,
            row.client,
            f"{row.method} {row.path}",
            row.kinds,
            units.size(row.wire_size),
            str(row.status),
            row.sentence,
        )
    )


def command_and_remark(row: RequestRow, body: bytes, base_url: str, public_key: str) -> tuple[str, str]:
    """Return the command that sends *row* again, and what to tell who copied it."""
    command = curl_command(row, body, base_url, public_key)
    file = f"request-{row.id}.bin"
    said = tr("The command is on the clipboard.")
    if command.endswith(f"@{file}"):
        said = tr("The command is on the clipboard. Save the envelope as {file} beside it.").format(file=file)
    return command, said
