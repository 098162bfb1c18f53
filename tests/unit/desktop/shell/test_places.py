"""The way back and forward."""

from vedette.desktop.shell.places import History, Place


def test_back_and_forward_lead_along_the_places_visited() -> None:
    history = History()
    places = [Place("issues"), Place("issues", 7), Place("traces", "ab" * 16)]
    for place in places:
        history.visit(place)
    assert (history.back(), history.back(), history.back()) == (places[1], places[0], None)
    assert (history.forward(), history.forward(), history.forward()) == (places[1], places[2], None)


def test_a_new_place_forgets_what_lay_ahead() -> None:
    history = History()
    for n in range(3):
        history.visit(Place("issues", n))
    history.back()
    history.visit(Place("traces"))
    assert not history.can_go_forward
    assert history.back() == Place("issues", 1)


def test_the_same_place_twice_is_one_step() -> None:
    history = History()
    history.visit(Place("issues"))
    history.visit(Place("issues"))
    assert not history.can_go_back


def test_only_so_many_places_are_remembered() -> None:
    history = History(limit=5)
    for n in range(9):
        history.visit(Place("issues", n))
    steps = 0
    while history.back() is not None:
        steps += 1
    assert steps == 4
    assert history.current == Place("issues", 4)


def test_an_empty_history_leads_nowhere() -> None:
    history = History()
    assert (history.current, history.back(), history.forward()) == (None, None, None)


def test_a_place_keeps_how_it_looked_each_time_one_was_there() -> None:
    history = History()
    history.keep({"scroll": 1})  # nowhere yet
    history.visit(Place("issues"))
    history.keep({"scroll": 40})
    history.visit(Place("traces"))
    assert history.state is None
    history.visit(Place("issues"))
    history.keep({"scroll": 7})
    history.back()
    history.back()
    assert history.state == {"scroll": 40}
    history.forward()
    history.forward()
    assert history.state == {"scroll": 7}


def test_sections_come_as_one_was_in_them_each_where_one_left_it() -> None:
    history = History()
    for place in (Place("issues"), Place("issues", 3), Place("traces"), Place("settings")):
        history.visit(place)
    assert history.latest_by_section() == [Place("settings"), Place("traces"), Place("issues", 3)]
    history.back()
    assert history.latest_by_section()[0] == Place("traces")
