"""Tokens and scopes."""

import base64

import pytest

from vedette.api.access import EVENT_READ, EVENT_WRITE, PROJECT_READ, Token, Tokens
from vedette.api.errors import ApiError

TOKENS = Tokens([Token("s3cret"), Token("reader", frozenset({"event:read"}), "script")])


def refused(authorization: str | None, scopes: tuple[str, ...] = ()) -> tuple[int, str]:
    with pytest.raises(ApiError) as caught:
        TOKENS.admit(authorization, scopes)
    return caught.value.status, caught.value.detail


def test_the_local_users_token_may_do_everything() -> None:
    assert TOKENS.admit("Bearer s3cret", EVENT_WRITE).name == "local user"
    assert TOKENS.admit("bearer  s3cret ", PROJECT_READ).name == "local user"


def test_the_older_basic_form_carries_the_token_as_user_name() -> None:
    text = base64.b64encode(b"s3cret:").decode()
    assert TOKENS.admit(f"Basic {text}", ()).name == "local user"


@pytest.mark.parametrize("authorization", [None, "", "DSN http://key@host/1", "s3cret"])
def test_without_credentials_the_answer_is_401_and_says_so(authorization: str | None) -> None:
    assert refused(authorization) == (401, "Authentication credentials were not provided.")


@pytest.mark.parametrize(
    "authorization",
    ["Bearer", "Bearer ", "Bearer wrong", "Bearer s3cre", "Bearer ü\udcff", "Basic %%%", "Basic /w=="],
)
def test_a_token_nobody_issued_is_invalid(authorization: str) -> None:
    assert refused(authorization) == (401, "Invalid token")


def test_a_token_without_the_scope_is_forbidden() -> None:
    assert TOKENS.admit("Bearer reader", EVENT_READ).name == "script"
    assert refused("Bearer reader", EVENT_WRITE) == (
        403,
        "You do not have permission to perform this action.",
    )


def test_an_empty_token_file_admits_nobody() -> None:
    with pytest.raises(ApiError):
        Tokens([Token("")]).admit("Bearer ", ())
