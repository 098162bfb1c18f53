"""The queries that were used in each section, the latest first, kept from one start to the next."""

from vedette.desktop.preferences import Preferences

MOST = 30
LONGEST = 1_000


class QueryHistory:
    """Remembers what was searched for."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def queries(self, section: str) -> tuple[str, ...]:
        """Return the queries of *section*, the latest first."""
        kept = self._preferences.get(_key(section), [])
        return tuple(query for query in kept if isinstance(query, str))

    def note(self, section: str, query: str) -> None:
        """Remember that *query* was used."""
        query = query.strip()
        if query and len(query) <= LONGEST:
            others = [other for other in self.queries(section) if other != query]
            self._preferences.set(_key(section), [query, *others][:MOST])

    def forget(self, section: str, query: str | None = None) -> None:
        """Forget *query*, or all of the section's."""
        left = [] if query is None else [other for other in self.queries(section) if other != query]
        if left:
            self._preferences.set(_key(section), left)
        else:
            self._preferences.reset(_key(section))


def _key(section: str) -> str:
    return f"queries.{section}"
