"""Messages lose what varies."""

import random
import time

import pytest

from vedette.processing.grouping.parameterise import LONGEST, parameterise


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("nothing varies", "nothing varies"),
        ("to test@email.com now", "to <email> now"),
        ("GET https://api.acme.io/v1/x?y=1 failed", "GET <url> failed"),
        ("cannot reach www.acme.com today", "cannot reach <hostname> today"),
        ("cannot reach WWW.ACME.COM today", "cannot reach <hostname> today"),
        ("from 10.0.0.1", "from <ip>"),
        ("from 2001:0db8:85a3:0000:0000:8a2e:0370:7334", "from <ip>"),
        ("from ::1", "from <ip>"),
        ("id 7c1811ed-e98f-4c9c-a9f9-58c757ff494f", "id <uuid>"),
        ("id 5fc35719b9cf96ec602dbc748ff31c587a46961d", "id <sha1>"),
        ("id 0751007cd28df267e8e051b51f918c60", "id <md5>"),
        ("id deadbeefdeadbeefdeadbeefdeadbeef", "id <md5>"),
        ("at 2024-02-20T22:16:36Z", "at <date>"),
        ("at 2024-02-20T22:16:36.123+01:00", "at <date>"),
        ("at 2024-02-20 22:16:36.1", "at <date>"),
        ("at 2024-02-20T22:16Z", "at <date>T<date>Z"),
        ("at 2024-02-20", "at <date>"),
        ("at 11:21PM", "at <date>"),
        ("at Mon, 02 Jan 2006 15:04:05 GMT", "at <date>"),
        ("at Mon Jan 02, 1999", "at <date>"),
        ("at Monday, 02-Jan-06 15:04:05 GMT", "at <date>"),
        ("at Mon Jan  2 15:04:05 2006", "at <date>"),
        ("at 2 Jan 2006 15:04 GMT", "at <date>"),
        ("at datetime.datetime(2024, 1, 1, tzinfo=None)", "at <date>"),
        ("took 30ms", "took <duration>"),
        ("took 1.5s", "took <duration>"),
        ("took 10s", "took 1<duration>"),
        ("at 0xDEADbeef", "at <hex>"),
        ("ratio -3.25 or 1.5", "ratio <float> or <float>"),
        ("user 17 of -3", "user <int> of <int>"),
        ("utf-8 in 2006-01", "utf<int> in <int><int>"),
        ("name='x y' other=\"z\"", "name=<quoted_str> other=<quoted_str>"),
        ("flag=True on=false", "flag=<bool> on=<bool>"),
        ("flag True and 'quoted'", "flag True and 'quoted'"),
        ("std::vector", "st<ip>vector"),
    ],
)
def test_what_varies_is_replaced_by_its_kind(message: str, shown: str) -> None:
    assert parameterise(message) == shown


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("one\ntwo", "one\ntwo"),
        ("\n one\n\t\n\ntwo\nthree 3", " one\ntwo..."),
        ("one\n", "one..."),
        ("", ""),
        ("  \n ", "..."),
    ],
)
def test_two_lines_with_text_are_kept(message: str, shown: str) -> None:
    assert parameterise(message) == shown


def test_what_follows_the_longest_message_does_not_count() -> None:
    assert parameterise("a" * LONGEST + "b") == parameterise("a" * LONGEST + "c") == "a" * LONGEST + "..."


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a",
            "1",
            "a.",
            "a@",
            "-1",
            ":",
            "a:",
            "=",
            "='",
            "f:",
            "0x",
            "http://",
            "Mon ",
            "Jan ",
            "1 ",
            "a-",
            "2024-",
        ),
        *(
            "12:",
            "1.1",
            "255.",
            "ffff:",
            "::ffff:",
            "deadbeef-",
            "fe80:",
            "datetime.datetime(",
            "a.com",
            "a.a-",
            "\u0660",
        ),
    ],
)
@pytest.mark.parametrize("end", ["", "!", "@", " 1@:.=://Jan deadbeef"])
def test_no_text_takes_long(piece: str, end: str) -> None:
    started = time.perf_counter()
    parameterise((piece * LONGEST)[: LONGEST - len(end)] + end)
    assert time.perf_counter() - started < 4


def test_no_random_text_takes_long() -> None:
    choose = random.Random(11)
    pieces = [
        "a",
        "1",
        ".",
        "@",
        "-",
        ":",
        "=",
        "'",
        "0x",
        "Jan ",
        "Mon, ",
        " ",
        "f",
        "s",
        "ms",
        "com",
        "://",
        "\n",
    ]
    started = time.perf_counter()
    for _ in range(60):
        few = choose.sample(pieces, 4)
        parameterise("".join(choose.choice(few) for _ in range(LONGEST)))
    assert time.perf_counter() - started < 60
