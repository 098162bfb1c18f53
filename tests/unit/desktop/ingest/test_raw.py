from vedette.desktop.ingest.raw import MOST_LINES, WIDTH, is_text, raw_text


def text_of(data: bytes, **options: int) -> list[str]:
    return [line.text for line in raw_text(data, **options).lines]


def test_a_long_line_is_cut_into_pieces_that_know_their_offset() -> None:
    lines = raw_text(b"a" * (WIDTH + 5) + b"\nb").lines
    assert [len(line.text) for line in lines] == [WIDTH, 5, 1]
    assert [line.number for line in lines] == [0, WIDTH, WIDTH + 6]


def test_offsets_count_bytes_not_characters() -> None:
    lines = raw_text("ü".encode() * (WIDTH + 1)).lines
    assert [line.number for line in lines] == [0, 2 * WIDTH]


def test_the_marked_byte_has_its_line_and_its_colour() -> None:
    raw = raw_text(b'{"a":1}\n{"b":?}\n', mark=13)
    assert raw.at == 1
    line = raw.lines[1]
    assert line.current
    assert [run.text for run in line.runs if run.token == "level.error.text"] == ["?"]
    assert line.text == '{"b":?}'


def test_a_mark_past_the_end_is_on_the_last_line() -> None:
    assert raw_text(b"one\ntwo", mark=99).at == 1
    assert raw_text(b"", mark=0).lines[0].text == ""


def test_what_is_no_text_is_dumped() -> None:
    data = bytes(range(40))
    assert not is_text(data)
    assert text_of(data)[2].startswith("20 21 22 23")
    assert text_of(data)[2].endswith(" !\"#$%&'")
    assert raw_text(data, mark=20).at == 1


def test_no_more_lines_than_can_be_looked_at_are_made_and_those_around_the_mark() -> None:
    data = b"\n".join(b"line %d" % n for n in range(5 * MOST_LINES))
    mark = data.index(b"line 2500")
    raw = raw_text(data, mark=mark)
    assert len(raw.lines) == MOST_LINES
    assert raw.at is not None
    assert raw.lines[raw.at].text == "line 2500"
    assert raw.note.startswith("Bytes ")


def test_the_pieces_of_a_text_are_the_text() -> None:
    data = ('{"message": "' + "längere Zeile " * 40 + '"}').encode()
    assert "".join(text_of(data)) == data.decode()
