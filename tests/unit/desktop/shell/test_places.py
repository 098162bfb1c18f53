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
