"""The search language: what is understood, how it binds, and where it says something is wrong."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.issues import Status, Substatus
from vedette.domain.levels import Level
from vedette.store.search import (
    And,
    Everything,
    Field,
    FieldIs,
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
    TagNumber,
    Term,
    Text,
    Value,
    Wildcard,
    in_environments,
    parse_query,
)
from vedette.store.search.keys import KEYS, SearchKey

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


@pytest.mark.parametrize(
    ("text", "meant", "says"),
    [
        ("a release:[x", "[x", "not closed"),
        ("stack.lineno:>many", "many", "Invalid number"),
        ("timesSeen:12q", "12q", "is no unit"),
        ("age:soon", "soon", "Invalid date"),
        ("error.main_thread:perhaps", "perhaps", "neither true nor false"),
        ("is:broken", "broken", "It can be: unresolved"),
        ("issue.priority:urgent", "urgent", "is unknown"),
        ("issue.category:storms", "storms", "is no category"),
        ("device.class:tiny", "tiny", "is no class of devices"),
        ("assigned:#team", "#team", "On one desk nobody is assigned"),
        ("bookmarks:ada", "ada", "Only your own stars"),
        ("trace.span:12", "12", "16 hexadecimal"),
        ("user.email:>5", ">", "cannot be compared"),
        ("browser:>=5", ">=", "tags[browser,number]"),
        ("tags[size,numbers]:1", "numbers", "is no type"),
        ("has:rel*", "rel*", "in full"),
        ('level:"very bad"', '"very bad"', "no level"),
    ],
)
def test_a_mistake_says_which_characters_are_meant(text: str, meant: str, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(text)
    error = caught.value
    assert text[error.column : error.column + error.length] == meant
    assert says in str(error)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("is:unassigned", Everything()),
        ("is:linked", Not(Everything())),
        ("assigned_or_suggested:[me, none]", Or((Not(Everything()), Everything()))),
        ("is:for_review", And((HasStatus(Status.UNRESOLVED), HasFlag(Flag.UNREAD)))),
        ("bookmarked_by:me", HasFlag(Flag.STARRED)),
        ("first_seen:-24h", FieldIs("firstSeen", "=", Value("-24h", 0))),
        ("age:+2w", FieldIs("firstSeen", "=", Value("+2w", 0))),
        ("TIMESSEEN:>5", FieldIs("timesSeen", ">", Value("5", 0))),
        ("first-release:latest", FieldIs("firstRelease", "=", Value("latest", 0))),
        ("release:latest", FieldIs("release", "=", Value("latest", 0))),
        ("platform.name:python", FieldIs("platform", "=", Value("python", 0))),
        ("replayId:ab", Term("replayId", "ab")),
        ("replay.id:ab", Term("replayId", "ab")),
        ("device.class:high", Term("device.class", "3")),
        ("error.unhandled:true", Term("handled", "no")),
        ("error.handled:1", Not(Term("handled", "no"))),
        ("has:error.type", FieldIs("error.type", "=", None)),
        ("!has:stack.function", Not(FieldIs("stack.function", "=", None))),
        ('stack.lineno:""', Not(FieldIs("stack.lineno", "=", None))),
        ("has:message", Everything()),
        ("has:is", Everything()),
        ("tags[error.type]:x", Term("error.type", "x")),
        ("tags[size,number]:>2k", TagNumber("size", ">", 2000.0)),
        ("has:tags[error.type]", Has("error.type")),
        ("flags[a b]:true", FieldIs("flags[a b]", "=", Value("true", 0))),
        ("http.status_code:>=500", FieldIs("http.status_code", ">=", Value("500", 0))),
    ],
)
def test_keys_of_issues_and_events_mean(text: str, root: Node) -> None:
    assert parse_query(text).root == root


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_every_key_is_understood_in_any_case_and_by_its_other_names(key: SearchKey) -> None:
    value = key.example.partition(":")[2].replace("…", "").rjust(1)
    value = {"id": HEX, "trace": HEX, "trace.span": HEX[:16]}.get(key.name, value)
    roots = [parse_query(f"{name}:{value}").root for name in (key.name, key.name.upper(), *key.aliases)]
    assert roots == [roots[0]] * len(roots)
    assert not isinstance(roots[0], Term | Wildcard) or key.tag


_VALUES = st.sampled_from(
    ["1", "-24h", "latest", "*", "a*b", '"a b"', '""', ">1", "<=2k", "[a, b*]", "[1, 2]", "true", "é", HEX,
     "9" * 30]
)  # fmt: skip


@settings(max_examples=400, derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([key.name for key in KEYS]), _VALUES), min_size=1, max_size=4))
def test_any_value_of_any_key_is_understood_or_refused_where_it_stands(pairs: list[tuple[str, str]]) -> None:
    text = " OR ".join(f"{name}:{value}" for name, value in pairs)
    try:
        parse_query(text)
    except QueryError as error:
        assert 0 < error.column <= error.column + error.length <= len(text)  # noqa: PT017


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
