from vedette.api.finding import AnyCall
from vedette.api.shapes.issue import Issue


async def add_stats(call: AnyCall, shaped: list[Issue], period: str) -> None:
    for issue in shaped:
        issue["stats"] = {}
