from typing import Any

import pytest

from vedette.domain.processed import Arrival
from vedette.processing.normalise import normalise_event

REMOTE = {"env": {"REMOTE_ADDR": "1.2.3.4"}}


def user(event: dict[str, Any], client_ip: str | None = "9.9.9.9") -> Any:
    return normalise_event(event, Arrival(received=1, client_ip=client_ip)).get("user")


@pytest.mark.parametrize(
    ("sent", "identity"),
    [
        ({"id": 7, "username": "u", "email": "e"}, "id:7"),
        ({"username": "u", "email": "e"}, "username:u"),
        ({"email": "e", "ip_address": "1.1.1.1"}, "email:e"),
        ({"ip_address": "1.1.1.1"}, "ip:1.1.1.1"),
        ({"id": "", "username": "u"}, "username:u"),
    ],
)
def test_a_user_is_known_by_the_first_of_id_name_mail_address(sent: Any, identity: str) -> None:
    assert user({"user": sent})["sentry_user"] == identity


def infer(mode: str) -> dict[str, Any]:
    return {"sdk": {"name": "x", "version": "1", "settings": {"infer_ip": mode}}}


@pytest.mark.parametrize(
    ("event", "address"),
    [
        ({"user": {"ip_address": "{{auto}}"}}, "9.9.9.9"),
        ({"user": {"ip_address": "{{auto}}"}, "request": REMOTE}, "1.2.3.4"),
        ({"platform": "python"}, None),
        ({"platform": "python", "request": REMOTE}, "1.2.3.4"),
        ({"platform": "javascript"}, "9.9.9.9"),
        ({"platform": "cocoa"}, "9.9.9.9"),
        ({"platform": "javascript", "_meta": {"user": {"ip_address": {"": {"rem": [["!raw", "x"]]}}}}}, None),
        (infer("auto") | {"platform": "python"}, "9.9.9.9"),
        (infer("never") | {"platform": "javascript"}, None),
        (infer("never") | {"user": {"ip_address": "{{auto}}", "id": 1}}, None),
        (infer("never") | {"user": {"ip_address": "5.5.5.5"}}, "5.5.5.5"),
        ({"user": {"ip_address": "nonsense", "id": 1}}, None),
    ],
)
def test_an_address_is_inferred_where_the_client_allows(event: dict[str, Any], address: str | None) -> None:
    assert (user(event) or {}).get("ip_address") == address


def test_unknown_keys_move_into_data() -> None:
    found = user({"user": {"id": 1, "plan": "gold", "data": {"x": 1}}})
    assert found == {"id": "1", "data": {"x": 1, "plan": "gold"}, "sentry_user": "id:1"}


def test_an_event_without_a_user_has_none() -> None:
    assert user({}) is None
