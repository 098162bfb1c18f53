from vedette.desktop.ingest.layout import (
    FROM,
    ITEMS,
    SENDER,
    SIZE,
    Box,
    button_box,
    hidden_columns,
    text_room,
)


def test_columns_make_way_one_by_one_as_the_list_gets_narrow() -> None:
    assert hidden_columns(1_240) == frozenset()
    assert hidden_columns(950) == {FROM}
    assert hidden_columns(880) == {FROM, SIZE}
    assert hidden_columns(824) == {FROM, SIZE, ITEMS}
    assert hidden_columns(500) == {FROM, SIZE, ITEMS, SENDER}


def test_the_button_stands_at_the_right_end_inside_its_row() -> None:
    cell = Box(900, 100, 330, 28)
    box = button_box(cell, 80, 15)
    assert box is not None
    assert cell.x < box.x
    assert box.x + box.width < cell.x + cell.width
    assert cell.y < box.y
    assert box.y + box.height < cell.y + cell.height
    assert box.holds(box.x + 1, box.y + 1)
    assert not box.holds(box.x - 1, box.y + 1)


def test_the_sentence_ends_before_the_button() -> None:
    cell = Box(0, 0, 300, 28)
    box = button_box(cell, 80, 15)
    assert box is not None
    assert 10 + text_room(cell, box, 10) < box.x
    assert text_room(cell, None, 10) == 280
    assert text_room(Box(0, 0, 5, 28), None, 10) == 0


def test_where_there_is_no_room_there_is_no_button() -> None:
    assert button_box(Box(0, 0, 90, 28), 80, 15) is None
