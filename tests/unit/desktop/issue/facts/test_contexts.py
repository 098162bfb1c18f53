"""Contexts, user, flags and SDK."""

from tests.support.issue_desk import recorded_events
from vedette.desktop.issue.facts.contexts import (
    context_groups,
    device_rows,
    flag_rows,
    runtime_line,
    sdk_line,
    sdk_rows,
    user_rows,
)


def test_known_contexts_come_first_and_strangers_are_not_lost() -> None:
    (event,) = recorded_events("py-shop-rich")
    groups = context_groups(event)
    assert [group.title for group in groups] == ["Runtime", "Trace", "order", "Additional data"]
    order = groups[2]
    assert order.values == {"id": "A-17", "items": ["T-100", "K-7"], "paid": False, "total": 28.0}
    assert not order.is_flat, "a list inside wants a tree"


def test_what_normalising_joined_is_not_said_twice() -> None:
    (event,) = recorded_events("py-shop-rich")
    runtime = context_groups(event)[0]
    assert set(runtime.values) == {"name", "version", "build"}
    assert runtime.is_flat


def test_what_the_sdk_cut_is_known_to_the_tree() -> None:
    (event,) = recorded_events("py-shop-rich")
    extra = context_groups(event)[-1]
    assert "raw basket" in extra.meta


def test_flags_are_a_group_of_their_own() -> None:
    (event,) = recorded_events("py-shop-flags")
    assert flag_rows(event) == (("new-checkout", True), ("dark-mode", False))
    assert "flags" not in [group.key for group in context_groups(event)]


def test_a_user_is_named_by_id_mail_name_and_address() -> None:
    (event,) = recorded_events("py-shop-rich")
    assert user_rows(event) == (
        ("id", "42"),
        ("email", "ada@example.com"),
        ("username", "ada"),
        ("ip", "203.0.113.9"),
    )
    assert user_rows({"user": None}) == ()
    assert user_rows({"user": {"id": "1", "data": {"plan": "gold"}}}) == (("id", "1"), ("plan", "gold"))


def test_browser_and_system_are_one_line_each() -> None:
    event = recorded_events("browser-garden11-errors")[0]
    assert dict(device_rows(event)) == {"os": "Linux", "browser": "HeadlessChrome 156.0.0"}
    assert runtime_line(event) == "HeadlessChrome 156.0.0"


def test_without_contexts_the_sdk_or_the_platform_says_what_ran() -> None:
    assert (
        runtime_line({"platform": "go", "sdk": {"name": "sentry.go", "version": "0.20"}}) == "sentry.go 0.20"
    )
    assert runtime_line({"platform": "go"}) == "go"
    assert sdk_line({}) == ""


def test_two_contexts_of_a_kind_keep_their_names_apart() -> None:
    groups = context_groups({"contexts": {"host": {"type": "os", "name": "Linux"}, "empty": {"type": "x"}}})
    assert [group.title for group in groups] == ["Operating system (host)"]


def test_the_sdk_tells_its_name_integrations_and_packages() -> None:
    (event,) = recorded_events("py-shop-rich")
    told = dict(sdk_rows(event))
    assert told["name"] == event["sdk"]["name"]
    assert "logging" in str(told["integrations"])
    assert sdk_rows({"sdk": "odd"}) == ()
