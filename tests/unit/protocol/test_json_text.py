"""Repairing the JSON that Python SDKs write."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.protocol.json_text import replace_bare_words, replace_lone_surrogates


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        (rb'{"a":"\udcff"}', rb'{"a":"\ufffd"}'),
        (rb'{"a":"\uD800x\uDFFF"}', rb'{"a":"\ufffdx\ufffd"}'),
        (rb'{"a":"\ud83d\ude00"}', rb'{"a":"\ud83d\ude00"}'),
        (rb'{"a":"\ud83d\ud83d\ude00"}', rb'{"a":"\ufffd\ud83d\ude00"}'),
        (rb'{"a":"\\udcff"}', rb'{"a":"\\udcff"}'),
        (rb'{"a":"\\\udcff"}', rb'{"a":"\\\ufffd"}'),
        (rb'{"a":"\ud7ff"}', rb'{"a":"\ud7ff"}'),
        (b'{"a":1}', b'{"a":1}'),
    ],
)
def test_lone_surrogates_become_the_replacement_character(text: bytes, repaired: bytes) -> None:
    assert replace_lone_surrogates(text) == repaired
    assert isinstance(orjson.loads(repaired), dict)


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        (b'{"a":NaN}', b'{"a":null}'),
        (b'{"a":[Infinity,-Infinity, NaN ]}', b'{"a":[null,null, null ]}'),
        (b'{"a":"NaN","NaN":"-Infinity"}', b'{"a":"NaN","NaN":"-Infinity"}'),
        (rb'{"a":"\"NaN","b":NaN}', rb'{"a":"\"NaN","b":null}'),
        (rb'{"a":"\\","b":NaN}', rb'{"a":"\\","b":null}'),
        (b'{"a":NaNny}', b'{"a":NaNny}'),
        (b'{"a":"NaN', b'{"a":"NaN'),
        (b'{"a":1}', b'{"a":1}'),
    ],
)
def test_bare_words_become_null_outside_strings(text: bytes, repaired: bytes) -> None:
    assert replace_bare_words(text) == repaired


TEXTS = st.text(st.characters() | st.sampled_from('\\"NaI\ud800\udc00'), max_size=20)
VALUES = st.recursive(
    TEXTS | st.floats() | st.none(), lambda inner: st.lists(inner, max_size=4), max_leaves=12
)


@given(VALUES)
def test_whatever_python_writes_can_be_read_afterwards(value: Any) -> None:
    text = json.dumps({"a": value}).encode()
    assert isinstance(orjson.loads(replace_lone_surrogates(replace_bare_words(text))), dict)
