"""The search language: what is understood, how it binds, and where it says something is wrong."""

import random

import pytest

from vedette.domain.issues import Status, Substatus
from vedette.domain.levels import Level
from vedette.store.search import (
    And,
    Field,
    Flag,
    Has,
    HasEventId,
    HasFlag,
    HasLevel,
    HasStatus,
    HasSubstatus,
    InIssue,
    InProject,
    InTrace,
    Node,
    Not,
    Or,
    QueryError,
    Term,
    Text,
    Wildcard,
    in_environments,
    parse_query,
)

A, B, C = Text("a"), Text("b"), Text("c")
HEX = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.mark.parametrize("text", ["", "   ", "\t\n"])
def test_an_empty_query_asks_for_everything(text: str) -> None:
    query = parse_query(text)
    assert query.root is None
    assert query.parts == ()


@pytest.mark.parametrize(
    ("text", "root"),
    [
        # words and phrases
        ("lock", Text("lock")),
        ("conn*", Text("conn*")),
        ('"bad currency"', Text("bad currency")),
        (r'"say \"no\" \\ now"', Text(r'say "no" \ now')),
        ("title:lock", Text("lock", Field.TITLE)),
        ('message:"bad currency"', Text("bad currency")),
        ("pay(order)", Text("pay(order)")),
        ("http://localhost:8000/cart", Text("http://localhost:8000/cart")),
        (r"C:\shop\pay.py", Text(r"C:\shop\pay.py")),
        # tags
        ("browser:Firefox", Term("browser", "Firefox")),
        ('browser:"Firefox 120"', Term("browser", "Firefox 120")),
        ('"odd key":value', Term("odd key", "value")),
        ("url:http://shop/cart?id=7", Term("url", "http://shop/cart?id=7")),
        ("user:id:7", Term("user", "id:7")),
        ("tags[level]:high", Term("level", "high")),
        ("release:shop@1.*", Wildcard("release", "shop@1.*")),
        (r"release:1.\*", Term("release", "1.*")),
        ('release:"1.*"', Wildcard("release", "1.*")),
        (r'release:"1.\*"', Term("release", "1.*")),
        ("release:*", Has("release")),
        ("has:user", Has("user")),
        ('user:""', Not(Has("user"))),
        ('!user:""', Not(Not(Has("user")))),
        ("release:[1.0, 1.1]", Or((Term("release", "1.0"), Term("release", "1.1")))),
        ('release:["a, b",c]', Or((Term("release", "a, b"), Term("release", "c")))),
        ("release:=1.0", Term("release", "1.0")),
        ("release:!=1.0", Not(Term("release", "1.0"))),
        ("!release:[1.0,1.1]", Not(Or((Term("release", "1.0"), Term("release", "1.1"))))),
        # what issues and events are
        ("is:unresolved", HasStatus(Status.UNRESOLVED)),
        ("is:archived", HasStatus(Status.IGNORED)),
        ("is:IGNORED", HasStatus(Status.IGNORED)),
        ("is:new", HasSubstatus(Substatus.NEW)),
        ("is:unhandled", HasFlag(Flag.UNHANDLED)),
        ("is:starred", HasFlag(Flag.STARRED)),
        ("!is:unread", Not(HasFlag(Flag.UNREAD))),
        ("level:error", HasLevel(frozenset({Level.ERROR}))),
        ("level:>=error", HasLevel(frozenset({Level.ERROR, Level.FATAL}))),
        ("level:<info", HasLevel(frozenset({Level.DEBUG}))),
        ("project:shop", InProject("shop")),
        ("issue:DESK-12", InIssue("DESK-12")),
        (f"trace:{HEX}", InTrace(bytes.fromhex(HEX))),
        ("id:4bf92f35-77b3-4da6-a3ce-929d0e0e4736", HasEventId(bytes.fromhex(HEX))),
        # joined
        ("a b", Text("a b")),
        ("a  b c", Text("a b c")),
        ("a (b)", And((A, B))),
        ('a "b" c', And((A, B, C))),
        ("a is:new b", And((A, HasSubstatus(Substatus.NEW), B))),
        ("a AND b and c", And((A, B, C))),
        ("a OR b or c", Or((A, B, C))),
        ("a b OR c", Or((Text("a b"), C))),
        ("a AND b OR c", Or((And((A, B)), C))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("(a)", A),
        ("NOT a", Not(A)),
        ("!a", Not(A)),
        ("a NOT b", And((A, Not(B)))),
        ("NOT (a OR b)", Not(Or((A, B)))),
        ("!!a", A),
        ("order android oracle", Text("order android oracle")),
        ("not found", Text("not found")),
    ],
)
def test_a_query_is_understood_as(text: str, root: Node) -> None:
    assert parse_query(text).root == root


def test_parts_are_what_must_all_hold() -> None:
    assert parse_query("a (b OR c) is:unresolved").parts == (A, Or((B, C)), HasStatus(Status.UNRESOLVED))
    assert parse_query("a OR b").parts == (Or((A, B)),)


def test_a_node_knows_where_it_stood() -> None:
    root = parse_query("lock release:1.0").root
    assert isinstance(root, And)
    assert [getattr(node, "at", None) for node in root.nodes] == [0, 5]


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("lock release:", 13, "Nothing follows 'release:'"),
        ("ValueError: bad", 11, "Quote text that has a colon"),
        ("a )", 2, "closed that was not opened"),
        ("a (b", 2, "not closed"),
        ("a ()", 3, "missing"),
        ("a OR", 4, "missing"),
        ("OR a", 0, "missing"),
        ("a AND OR b", 6, "missing"),
        ("NOT", 3, "missing"),
        ('a "b', 2, "quote is not closed"),
        ('ab"c', 2, "quote must stand around"),
        ("release:[a", 8, "list"),
        ("release:[a b]", 11, "commas"),
        ("release:[]", 9, "missing"),
        ("is:broken", 3, "is unknown"),
        ("level:loud", 6, "no level"),
        ("level:>loud", 7, "no level"),
        ("counted:>5", 8, "cannot be compared"),
        ("count():>5", 0, "measures many events"),
        ("trace:xyz", 6, "32 hexadecimal"),
        ("project:web*", 8, "in full"),
        ("release:1 ---", 10, "no letter or digit"),
        ("release:1 *", 10, "no letter or digit"),
    ],
)
def test_a_mistake_is_explained_where_it_is(text: str, column: int, says: str) -> None:
    with pytest.raises(QueryError, match=says) as caught:
        parse_query(text)
    assert caught.value.column == column


def test_length_and_depth_have_bounds() -> None:
    parse_query("(" * 40 + "a" + ")" * 40)
    with pytest.raises(QueryError, match="inside each other"):
        parse_query("(" * 41 + "a" + ")" * 41)
    with pytest.raises(QueryError, match="longer than"):
        parse_query("a" * 5_000)


def test_nothing_but_a_query_error_escapes_from_any_text() -> None:
    random_ = random.Random(20_26)
    pieces = ["a", "is:", "level:>", "release:", '"', "(", ")", "[", "]", ",", " ", "!", "*", "\\", "OR ",
              "AND ", "NOT ", "has:", "tags[", "é", "\ue000", "\0", "trace:", HEX, ":", "="]  # fmt: skip
    columns = []
    for _ in range(5_000):
        text = "".join(random_.choices(pieces, k=random_.randrange(1, 12)))
        try:
            parse_query(text)
        except QueryError as error:
            columns.append((error.column, len(text)))
    assert 100 < len(columns) < 4_900
    assert all(0 <= column <= length for column, length in columns)


def test_a_query_within_environments_keeps_its_own_places() -> None:
    asked = parse_query("is:unresolved OR level:error").within(in_environments(["qa", 'x"y']))

    assert asked.text == "is:unresolved OR level:error"
    assert isinstance(asked.root, And)
    assert asked.root.nodes[1] == Or((Term("environment", "qa"), Term("environment", 'x"y')))


def test_everything_within_no_environment_is_everything() -> None:
    assert parse_query("").within(in_environments([])).root is None
    assert parse_query("").within(in_environments(["qa"])).root == Term("environment", "qa")
