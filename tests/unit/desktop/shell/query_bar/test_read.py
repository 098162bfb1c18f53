from tests.support.builders import an_event
from tests.support.desktop import desk
from tests.support.store_rows import FilledStore
from vedette.desktop.shell.query_bar.completion import (
    context_at,
    suggest_keys,
    suggest_operators,
    suggest_values,
)
from vedette.desktop.shell.query_bar.keys import Kind
from vedette.desktop.shell.query_bar.read import language, read_keys, read_values
from vedette.desktop.shell.scope import Scope
from vedette.store.search.keys import KEYS

__all__ = ["desk"]


def test_every_key_of_the_language_is_offered_with_what_it_means() -> None:
    facts = language()
    assert sorted(fact.key for fact in facts) == sorted(key.name for key in KEYS)
    assert all(fact.description and fact.section for fact in facts)
    assert facts[0].key == "is"


def test_keys_have_counts_and_tags_that_were_sent_follow(desk: FilledStore) -> None:
    desk.add(an_event(tags=(("zone", "north"), ("release", "shop@1"))))
    facts = {fact.key: fact for fact in read_keys(desk.db, Scope())}
    assert (facts["zone"].section, facts["zone"].count) == ("Tags", 1)
    assert (facts["release"].section, facts["release"].count) == ("Release", 1)


def test_a_key_is_found_by_its_other_names_and_knows_its_values() -> None:
    facts = language()
    assert "firstSeen" in [one.label for one in suggest_keys(context_at("age", 3), facts, (), "age")]
    seen = next(fact for fact in facts if fact.is_called("age"))
    assert seen.kind is Kind.DATE
    assert [one.label for one in suggest_operators(context_at("age:", 4), seen.kind)][-2:] == ["-", "+"]
    handled = next(fact for fact in facts if fact.key == "error.handled")
    context = context_at("error.handled:", 14)
    assert [one.label for one in suggest_values(context, [], handled.values)] == ["true", "false"]


def test_values_of_projects_and_of_has_are_what_there_is(desk: FilledStore) -> None:
    desk.project("web")
    desk.add(an_event(tags=(("zone", "north"),)))
    assert "web" in [fact.value for fact in read_values(desk.db, Scope(), "project", "")]
    assert "zone" in [fact.value for fact in read_values(desk.db, Scope(), "has", "")]
    (value,) = read_values(desk.db, Scope(), "zone", "no")
    assert (value.value, value.count, value.is_exact) == ("north", 1, True)
