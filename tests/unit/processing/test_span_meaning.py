"""What spans with different texts have in common."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.processing.span_meaning import LONGEST, normalised
from vedette.processing.sql_text import normalise_sql


@pytest.mark.parametrize(
    ("statement", "normal"),
    [
        (
            "SELECT a, b, c FROM \"users\" WHERE id IN (1, 2, 3) AND name = 'x'",
            "SELECT .. FROM users WHERE id IN (%s) AND name = %s",
        ),
        ("INSERT INTO t (a, b) VALUES (1, 2), (3, 4)", "INSERT INTO t (..) VALUES (%s)"),
        ("INSERT INTO t (a) VALUES ($1) RETURNING id", "INSERT INTO t (..) VALUES (%s) RETURNING id"),
        ("UPDATE t SET a = 1 WHERE b = 2;", "UPDATE t SET a = %s WHERE b = %s"),
        ('SAVEPOINT "s1_x2"', "SAVEPOINT %s"),
        ("RELEASE SAVEPOINT s1_x3", "RELEASE SAVEPOINT %s"),
        (
            "select count(*) from orders where created > '2024-01-01'",
            "select count(*) from orders where created > %s",
        ),
        ("DELETE FROM t WHERE id = $1", "DELETE FROM t WHERE id = %s"),
        (
            'SELECT "auth_user"."id", "auth_user"."name" FROM "auth_user" WHERE "auth_user"."id" = 7',
            "SELECT .. FROM auth_user WHERE id = %s",
        ),
        (
            "SELECT `u`.`a` AS `x`, t1.c2\n FROM `u`, t1\n WHERE x::int = 5 AND y = true /* t=1 */ -- done",
            "SELECT .. FROM u, t1 WHERE x::int = %s AND y = %s",
        ),
        (
            "SELECT z FROM t WHERE a=-1.5e3 AND b = :name AND c = @p0 AND d = %(x)s AND e = ?",
            "SELECT z FROM t WHERE a=%s AND b = %s AND c = %s AND d = %s AND e = %s",
        ),
        ("SELECT 'it''s', E'a\\'b' FROM t", "SELECT %s FROM t"),
        ("SELECT [Id], [Name] FROM [dbo].[Users] WHERE [Id] = @id", "SELECT .. FROM Users WHERE Id = %s"),
        ("SELECT a FROM t WHERE s = 'unfinished", "SELECT a FROM t WHERE s = %s"),
        ("SELECT * FROM t2 WHERE c3 = 4", "SELECT * FROM t2 WHERE c3 = %s"),
        ('SELECT x FROM "orders-2024" WHERE y = 7', "SELECT x FROM orders-2024 WHERE y = %s"),
        ("SELECT count(*), a FROM t", "SELECT count(*), a FROM t"),
        ("BEGIN", "BEGIN"),
        ("", ""),
    ],
)
def test_a_statement_loses_what_varies(statement: str, normal: str) -> None:
    assert normalise_sql(statement) == normal


def test_lists_of_any_length_are_one_statement() -> None:
    found = {
        normalise_sql(f"SELECT a FROM t WHERE id IN ({', '.join(map(str, range(n)))})") for n in range(1, 9)
    }
    assert found == {"SELECT a FROM t WHERE id IN (%s)"}


def test_double_quotes_are_texts_in_some_databases() -> None:
    assert (
        normalised("db", 'SELECT a FROM t WHERE m = "ada@example.com"', "mysql")
        == "SELECT a FROM t WHERE m = %s"
    )
    assert normalised("db", 'SELECT "a" FROM "t"', "postgresql") == "SELECT a FROM t"


@pytest.mark.parametrize(
    ("op", "description", "normal"),
    [
        ("db.redis", "GET user:123", "GET *"),
        ("db.redis", "PING", "PING"),
        (
            "db",
            '{"find":"users","filter":{"id":7,"tags":["a","b"]}}',
            '{"find":"?","filter":{"id":"?","tags":["?"]}}',
        ),
        ("db", "{broken", ""),
        ("cache.get", "user:123", "user:*"),
        ("cache.get", "views..d41d8cd98f00b204e9800998ecf8427e.en-us", "views..*.en-us"),
        ("cache.put", "basket:550e8400-e29b-41d4-a716-446655440000:v2", "basket:*:v*"),
        ("http.client", "POST https://10.0.0.1/a", "POST https://*"),
        ("http.client", "GET http://localhost:8000/x", "GET http://localhost:8000"),
        ("http.client", "GET http://127.0.0.1:5100/api/beds?limit=3", "GET http://127.0.0.1:5100"),
        ("http.client", "GET http://[::1]:80/", "GET http://[::1]:80"),
        ("http.client", "GET http://[fe80::2]/", "GET http://*"),
        ("http.client", "GET https://api.shop.example.com/a/1?q=2", "GET https://*.example.com"),
        ("http.client", "GET https://ada:secret@Example.COM:444/a", "GET https://example.com:444"),
        ("http.client", "GET https://a.b.example.co.uk/a", "GET https://*.example.co.uk"),
        ("http.client", "GET http://stock/x", "GET http://stock"),
        ("http.client", "GET /api/beds/7?x=1", "GET /api/beds/*"),
        ("http.client", "GET ftp://example.com/x", ""),
        ("http.client", "GET https://exa mple:x/", ""),
        ("http.client", "get x", ""),
        ("http.client", "GET", ""),
        ("resource.img", "https://img.example.com/a/b/12345.png", "https://*.example.com/a/b/*.png"),
        ("resource.script", "https://cdn.example.com/app.0a1b2c3d4e5f.js", "https://*.example.com/app.*.js"),
        (
            "resource.script",
            "https://cdn.example.com/v1.2.3/main-AbCd3fGh.chunk.js?x=1",
            "https://*.example.com/*/main-*.chunk.js",
        ),
        (
            "resource.script",
            "http://127.0.0.1:5100/dist/garden11.min.js",
            "http://127.0.0.1:5100/dist/garden11.min.js",
        ),
        ("resource.css", "/static/x.css", "/static/x.css"),
        ("resource.script", "https://cdn.example.com", "https://*.example.com/"),
        ("resource.img", "data:image/png;base64,xx", "data:*"),
        ("resource.img", "blob", ""),
        ("file.read", "/tmp/a.txt", "*.txt"),
        ("file.write", "C:\\shop\\b.sqlite", "*.sqlite"),
        ("file.read", "/etc/hosts", "*"),
        ("ui.load", "Main", "Main"),
        ("app.start.cold", "Cold Start", "Cold Start"),
        ("graphql.query", "q", ""),
        ("function", "pay", ""),
        ("db", "", ""),
    ],
)
def test_a_description_loses_what_varies(op: str, description: str, normal: str) -> None:
    assert normalised(op, description) == normal


def test_attributes_tell_of_stores_and_components() -> None:
    assert normalised("db", "GET user:7", "redis") == "GET *"
    assert normalised("ui.react.mount", "<App>", "", "App") == "App"
    assert normalised("ui.interaction.click", "body > button") == ""


OPS = ("db", "db.redis", "http.client", "resource.script", "cache.get", "file.read", "ui.load", "x")


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.sampled_from(OPS), st.text(max_size=60), st.sampled_from(("", "mysql", "redis")))
def test_any_text_comes_out_as_text(op: str, text: str, system: str) -> None:
    for description in (text, f"GET {text}", f"GET https://{text}", f"SELECT {text} FROM t", '{"a": ' + text):
        assert isinstance(normalised(op, description, system), str)


@pytest.mark.parametrize(
    "piece",
    ["'", "'\\", '"', "a.", "(", "/*", "$$", "VALUES (", "SELECT a,", "%s,", "INTO a (", "IN (%s,", "a AS b",
     "[a", "`a", "1", "a-", "0a", ":", "--", "::", "{", '{"a":', "["],
)  # fmt: skip
def test_hostile_texts_take_no_time(piece: str) -> None:
    text = piece * (4 * LONGEST // len(piece))
    began = time.process_time()
    for op in OPS:
        normalised(op, text)
        normalised(op, f"GET https://{text}")
    assert time.process_time() - began < 1.0
