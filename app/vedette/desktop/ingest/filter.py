"""The filter field's text and the chosen tab: what the store is asked, and what is checked after. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from vedette.desktop.ingest.wording import WORDS
from vedette.desktop.language import mark, tr
from vedette.desktop.widgets.query_terms import Term, split_terms
from vedette.domain.outcomes import Outcome
from vedette.domain.times import Micros
from vedette.store.queries.requests import RequestFilter, RequestRow

TABS: dict[str, tuple[Outcome, ...]] = {
    "all": (),
    "stored": (Outcome.STORED,),
    "refused": (Outcome.REFUSED,),
    "invalid": (Outcome.INVALID,),
    "filtered": (Outcome.FILTERED, Outcome.DUPLICATE),
}
"""Which outcomes a tab shows; none for every one."""

EVERYTHING = RequestFilter()
_SENDER_KEYS = ("from:", "sender:", "ip:", "client:")
_TEXT_KEYS = ("path:", "item:", "kind:", "reason:")
_HINT = mark("Use words, outcome:refused, from:127.0.0.1, item:event, path:, reason: or project:")


class FilterError(ValueError):
    """A term means nothing; the text says what would."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: a filter for the store, and terms every row found must fit."""

    where: RequestFilter = EVERYTHING
    project: str = ""  # a slug
    senders: tuple[str, ...] = ()  # each in address or client
    texts: tuple[str, ...] = ()  # each in path, items, reason or detail
    words: tuple[str, ...] = ()  # each in any of these

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Wanted()


def read_filter(
    text: str,
    tab: str = "all",
    *,
    projects: tuple[int, ...] = (),
    run: int | None = None,
    since: Micros | None = None,
    until: Micros | None = None,
) -> Wanted:
    """Return what *text* and *tab* ask for within the scope; ``outcome:`` goes before the tab.

    Raises FilterError for a term that means nothing.
    """
    where = RequestFilter(outcomes=TABS[tab], projects=projects, run=run, since=since, until=until)
    slug, senders, texts, words = "", [], [], []
    for term in split_terms(text):
        value = term.value.strip('"')
        if term.key == "outcome:":
            where = _with_outcome(where, value)
        elif term.key == "project:":
            slug = value
        elif term.key in _SENDER_KEYS:
            senders.append(value.lower())
        elif term.key in _TEXT_KEYS:
            texts.append(value.lower())
        elif term.key and not term.key.startswith(("http", "sentry")):
            said = tr("“{term}” is no filter of requests.").format(term=term)
            raise FilterError(f"{said} {tr(_HINT)}")
        else:
            words.append(str(term).strip('"').lower())
    return Wanted(where, slug, tuple(senders), tuple(texts), tuple(words))


def _with_outcome(where: RequestFilter, value: str) -> RequestFilter:
    word = value.lower().replace("_", " ")
    if word == "any":
        return replace(where, outcomes=())
    if word == "trouble":
        return replace(where, outcomes=(), only_trouble=True)
    for outcome, name in WORDS.items():
        if word == name:
            return replace(where, outcomes=(outcome,), only_trouble=False)
    said = tr("“outcome:{value}” is none. There are: {names}.")
    raise FilterError(said.format(value=value, names=", ".join(("any", "trouble", *WORDS.values()))))


def matcher(wanted: Wanted) -> Callable[[RequestRow], bool]:
    """Return whether a row fits the terms the store's filter does not cover."""

    def fits(row: RequestRow) -> bool:
        who = f"{row.ip} {row.client}".lower()
        what = f"{row.path} {row.kinds} {row.reason or ''} {row.detail or ''}".lower()
        return (
            all(word in who for word in wanted.senders)
            and all(word in what for word in wanted.texts)
            and all(word in who or word in what for word in wanted.words)
        )

    return fits


def add_term(query: str, key: str, value: str) -> str:
    """Return *query* with the term ``key:value`` in place of any other with that key."""
    quoted = f'"{value}"' if " " in value else value
    kept: Sequence[Term] = [term for term in split_terms(query) if term.key != f"{key}:"]
    return " ".join([*map(str, kept), f"{key}:{quoted}"])
