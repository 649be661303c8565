"""The base of all explorers, with a small picture of its own: controls, errors, switches, and two threads."""

import re
import threading
from xml.etree import ElementTree

import pytest
from helpers.svg import width_of
from helpers.widget_models import model
from ipywidgets import HTML

from dropout_lib import explorers
from dropout_lib.explorers.panel import Choice, Number, Panel
from dropout_lib.figures.picture import drawing


def words_of(**values):
    """Say all values, in a fixed order."""
    return ", ".join(f"{name} {value}" for name, value in sorted(values.items()))


def picture_of(**values):
    return drawing("<circle r='1'/>", height=9, sentence=words_of(**values))


def states(keep_prob, draw, by_hand, **_):
    """Four neurons: the first `draw` of them dropped, but for what was set by hand."""
    return [by_hand.get(neuron, neuron > draw) for neuron in (1, 2, 3, 4)]


def a_panel(draw=picture_of, *, switched=False):
    controls = {
        "keep_prob": Number("keep_prob", value=0.8, low=0.05, high=1.0, step=0.05),
        "units": Number("neurons", value=8, low=1, high=12, step=1),
        "show": Choice("show", ["forward", "backward"], value="forward"),
    }
    return Panel(draw, controls, states=states if switched else None)


def shown(panel):
    """Give the words below the picture, as the page shows them."""
    return "".join(ElementTree.fromstring(panel._shown.value).find("p").itertext())


def pixels(size):
    return float(size.removesuffix("px"))


def slid(panel, value):
    """Move the slider as a browser does."""
    panel.controls["keep_prob"].slider.set_state({"value": value})


def typed(panel, value, name="keep_prob"):
    """Type into a number box as a browser does."""
    panel.controls[name].box.set_state({"value": value})


# Controls


def test_a_panel_begins_with_the_values_of_its_controls():
    panel = a_panel()
    assert panel.picture.sentence == shown(panel) == "draw 0, keep_prob 0.8, show forward, units 8"


def test_what_a_page_without_a_kernel_draws_is_every_value_if_not_said_otherwise():
    keep_prob, units, show = a_panel().controls.values()
    assert keep_prob.drawn == [round(0.05 * step, 2) for step in range(1, 21)]
    assert (units.drawn, show.drawn) == (list(range(1, 13)), ["forward", "backward"])
    assert Number("", value=0.3, low=0, high=1, step=0.1, drawn=[0.1 + 0.2]).drawn == [0.3]
    panels = Panel(picture_of, {}), Panel(picture_of, {}, drawn=3), Panel(picture_of, {}, redraws=False, drawn=3)
    assert [(panel.drawn, panel.drawn_by_hand) for panel in panels] == [(5, False), (3, False), (1, False)]


def test_a_number_is_typed_into_a_box_with_a_slider_beside_it_that_repeats_no_number():
    keep_prob, units, _ = a_panel().controls.values()
    assert keep_prob.widget.children == (keep_prob.box, keep_prob.slider) and not keep_prob.slider.readout
    wide = [pixels(one.layout.width) for one in keep_prob.widget.children]
    assert sum(wide) + 8 < 390 and units.widget is units.box and units.box.layout.width == keep_prob.box.layout.width


def test_a_choice_begins_with_the_one_asked_for():
    assert Choice("show", ["forward", "backward"], value="backward").box.value == "backward"


@pytest.mark.parametrize(("name", "value"), [("keep_prob", 0.3), ("units", 3), ("show", "backward")])
def test_a_control_redraws_before_the_next_line(name, value):
    panel = a_panel()
    panel.controls[name].box.value = value
    assert f"{name} {value}" in panel.picture.sentence == shown(panel)


def test_every_control_has_a_label_of_its_own_that_is_not_cut():
    panel = a_panel()
    assert [control.box.description for control in panel.controls.values()] == ["keep_prob", "neurons", "show"]
    for control in panel.controls.values():  # "initial" or a width that holds the words
        room = control.box.style.description_width
        assert room == "initial" or pixels(room) >= width_of(control.box.description, 13)


def test_a_typed_value_stays_though_the_browser_snaps_the_slider():
    calls = []
    panel = a_panel(lambda **values: calls.append(values["keep_prob"]) or picture_of(**values))
    calls.clear()
    typed(panel, 0.37)
    assert panel.controls["keep_prob"].slider.value == 0.37
    slid(panel, 0.35)
    assert panel.controls["keep_prob"].box.value == panel.values["keep_prob"] == 0.37
    assert "keep_prob 0.37," in shown(panel) and calls == [0.37]


@pytest.mark.parametrize("value", [0.375, 0.05, 0.07, 0.99, 1.0, 0.3333, 0.525])
def test_no_snap_to_a_step_moves_what_was_typed(value):
    panel = a_panel()
    typed(panel, value)
    slid(panel, round(value / 0.05) * 0.05)
    assert panel.controls["keep_prob"].box.value == panel.values["keep_prob"] == value


@pytest.mark.parametrize(
    ("before", "moved", "after"),
    [(0.8, 0.7000000000000002, 0.7), (0.8, 0.15000000000000002, 0.15), (0.37, 0.4, 0.4), (0.37, 0.3, 0.3), (0.8, 1, 1)],
)
def test_a_slider_that_is_moved_writes_a_round_value(before, moved, after):
    panel = a_panel()
    typed(panel, before)
    slid(panel, moved)
    assert panel.controls["keep_prob"].slider.value == moved  # not taken back while keys are pressed
    assert panel.controls["keep_prob"].box.value == panel.values["keep_prob"] == after
    assert f"keep_prob {panel.values['keep_prob']}," in shown(panel)


def test_every_step_of_the_slider_reaches_the_box():
    panel = a_panel()
    for step in range(1, 21):
        slid(panel, step * 0.05)
        assert panel.controls["keep_prob"].box.value == round(step * 0.05, 2)


def test_a_value_beyond_the_ends_is_brought_back():
    panel = a_panel()
    typed(panel, 7)
    assert panel.values["keep_prob"] == panel.controls["keep_prob"].slider.value == 1.0
    typed(panel, -1)
    assert panel.values["keep_prob"] == panel.controls["keep_prob"].slider.value == 0.05


def test_new_draw_counts_up_and_holds_the_controls():
    panel = a_panel()
    typed(panel, 0.37)
    panel.buttons["draw"].click()
    panel.buttons["draw"].click()
    assert shown(panel) == "draw 2, keep_prob 0.37, show forward, units 8"


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [  # a browser sends the end for 7 (so does 0,7), and for 15 (so does 1.5)
        ("keep_prob", (7, 1.0, 0, -1), "keep_prob: a number from 0.05 to 1, with a decimal point, not a comma. "),
        ("units", (15, 12, 0), "neurons: a whole number from 1 to 12. "),
    ],
)
def test_a_number_typed_at_an_end_or_beyond_tells_the_limits_once(name, values, words):
    panel = a_panel()
    for value in values:
        typed(panel, value, name)
        assert shown(panel) == panel.picture.sentence == words + words_of(**panel.values)
        assert ElementTree.fromstring(panel.picture.svg).get("aria-label") == panel.picture.sentence
        panel.buttons["draw"].click()
        assert shown(panel) == panel.picture.sentence == words_of(**panel.values)
        typed(panel, {"keep_prob": 0.37, "units": 5}[name], name)
        assert shown(panel) == words_of(**panel.values)


def test_a_slider_at_its_end_needs_no_words():
    panel = a_panel()
    for value in (0.05, 1.0):
        slid(panel, value)
        assert shown(panel) == words_of(**panel.values)
    typed(panel, 0.4)
    typed(panel, 7)
    assert shown(panel).startswith("keep_prob: a number")


# Errors


def picky(**values):
    if values["units"] == 3:
        raise ValueError("<b>three</b> & no more")
    return picture_of(**values)


def test_an_error_keeps_the_picture_and_is_shown_as_text_in_place_of_the_sentence():
    panel = a_panel(picky)
    before = panel.picture
    typed(panel, 3, "units")
    assert panel.picture is before and before.svg in panel._shown.value
    assert shown(panel) == "This picture could not be drawn. ValueError: <b>three</b> & no more" == panel.error


def lines_of(words, size):
    """Count the lines that words take in a wide font, as wide as a picture."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], longer] if width_of(longer, size) <= 760 else [*lines, word]
    return len(lines)


def room(panel):
    """Measure the room that a panel keeps for its words: in lines, and the size of their letters."""
    style = ElementTree.fromstring(panel._shown.value).find("p").get("style")
    em, size, line = (
        float(re.search(rf"{name}:([\d.]+)", style)[1]) for name in ("min-height", "font-size", "line-height")
    )
    return em / line, size


@pytest.mark.parametrize("explorer", ["neurons", "wiring", "sums"])
def test_the_longest_sentence_and_an_error_have_room(explorer):
    panel = getattr(explorers, explorer)()
    for end in ("min", "max"):
        for control in panel.controls.values():
            control.box.value = getattr(control.box, end, control.box.value)
            lines, size = room(panel)
            assert lines_of(shown(panel), size) <= lines and size >= 13
    panel.draw = lambda **_: 1 / 0
    panel.buttons["draw"].click()
    assert panel.error and room(panel) == (lines, size) and lines_of(shown(panel), size) <= lines


@pytest.mark.parametrize("lines", [1, 6])
def test_a_panel_keeps_the_lines_that_it_was_asked_for(lines):
    assert room(Panel(picture_of, {}, lines=lines))[0] == lines


def test_the_next_good_value_clears_the_error():
    panel = a_panel(picky)
    typed(panel, 3, "units")
    typed(panel, 4, "units")
    assert panel.error == "" and shown(panel) == panel.picture.sentence
    assert "units 4" in shown(panel)


def test_an_error_of_the_states_is_shown_and_not_lost_in_a_log():
    panel = a_panel(switched=True)

    def failing(**_):
        raise RuntimeError("no states")

    panel.states = failing
    panel.buttons["draw"].click()
    panel.switches[0].click()
    assert "RuntimeError: no states" in shown(panel)
    panel.states = states
    panel.buttons["draw"].click()
    assert shown(panel) == panel.picture.sentence


# Switches


def names(panel):
    return [button.description for button in panel.switches]


def test_switches_are_named_by_number_and_state():
    panel = a_panel(switched=True)
    assert names(panel) == ["1 kept", "2 kept", "3 kept", "4 kept"]
    panel.buttons["draw"].click()
    assert names(panel) == ["1 dropped", "2 kept", "3 kept", "4 kept"]


def test_a_switch_switches_its_own_neuron_there_and_back():
    panel = a_panel(switched=True)
    panel.switches[2].click()
    assert names(panel) == ["1 kept", "2 kept", "3 dropped", "4 kept"] and "by_hand {3: False}" in shown(panel)
    panel.switches[2].click()
    assert names(panel) == ["1 kept", "2 kept", "3 kept", "4 kept"] and "by_hand {3: True}" in shown(panel)


def test_what_was_set_by_hand_lasts_through_the_controls():
    panel = a_panel(switched=True)
    panel.switches[0].click()
    typed(panel, 0.3)
    panel.controls["show"].box.value = "backward"
    assert panel.values["by_hand"] == {1: False} and names(panel)[0] == "1 dropped"


@pytest.mark.parametrize(("button", "draw"), [("draw", 1), ("reset", 0)])
def test_new_draw_and_reset_forget_what_was_set_by_hand(button, draw):
    panel = a_panel(switched=True)
    panel.switches[0].click()
    panel.switches[3].click()
    panel.buttons[button].click()
    assert panel.values["by_hand"] == {} and panel.values["draw"] == draw
    assert names(panel) == [f"{neuron} {'kept' if neuron > draw else 'dropped'}" for neuron in (1, 2, 3, 4)]


def test_the_neuron_last_switched_comes_last():
    panel = a_panel(switched=True)
    for neuron in (1, 2, 1):
        panel.switches[neuron - 1].click()
    assert list(panel.values["by_hand"].items()) == [(2, False), (1, True)]


def test_without_states_there_is_nothing_to_switch_and_nothing_to_reset():
    panel = a_panel()
    assert panel.switches == [] and list(panel.buttons) == ["draw"]


# What the page shows


def test_the_bundle_is_the_widget_the_still_and_the_sentence_of_now():
    panel = a_panel()
    typed(panel, 0.3)
    bundle = panel._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.jupyter.widget-view+json", "text/html", "text/plain"}
    assert bundle["text/plain"] == panel.picture.sentence and bundle["text/html"].startswith(panel.picture.still())
    below = ElementTree.fromstring(bundle["text/html"].removeprefix(panel.picture.still()))
    assert below.tag == "p" and below.text == "Run this cell to bring the controls back."


def test_buttons_are_high_enough_for_a_finger_and_stand_in_rows_that_wrap():
    panel = a_panel(switched=True)
    view = panel._repr_mimebundle_()["application/vnd.jupyter.widget-view+json"]
    assert (view["version_major"], view["version_minor"]) == (2, 0)
    *rows, last = model(view["model_id"]).children
    controls = [control.widget for control in panel.controls.values()]
    assert [list(row.children) for row in rows] == [[*controls, *panel.buttons.values()], panel.switches]
    assert last is panel._shown and all("wrap" in row.layout.flex_flow.split() for row in rows)
    for button in (*panel.buttons.values(), *panel.switches):
        wide, high = map(pixels, (button.layout.width, button.layout.height))
        assert high >= 44 and wide >= width_of(button.description, 13) + 20
    assert [button.description for button in panel.buttons.values()] == ["New draw", "Reset"]
    assert 12 * (pixels(panel.switches[0].layout.width) + 4) < 1100  # twelve in a row, as room is left


def test_room_is_left_for_a_row_of_controls_another_for_a_fourth_one_for_each_twelve_switches_and_for_more():
    def taken(count, *, neurons=0, more=()):
        controls = {str(number): Choice(str(number), ["a", "b"], value="a") for number in range(count)}
        made = Panel(picture_of, controls, states=(lambda **_: [True] * neurons) if neurons else None, more=more)
        return int(re.search(r"100vh - (\d+)px", made._shown.value)[1])

    row = taken(4) - taken(3)
    assert 44 <= row <= 60  # the height of a button, and a little
    assert taken(1) == taken(3) and taken(5) == taken(4)
    found = [taken(3, neurons=5), taken(3, neurons=12), taken(3, neurons=13), taken(3, more=(HTML(),))]
    assert [one - taken(3) for one in found] == [row, row, 2 * row, row]


# Threads: callbacks run in another one than cells


def together(*actions):
    threads = [threading.Thread(target=action, daemon=True) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def slow_panel(slow):
    """Make a panel that, for these values, draws until another thread has had its time."""
    inside, go_on = threading.Event(), threading.Event()

    def draw(**values):
        if slow.items() <= values.items():
            inside.set()
            go_on.wait(0.2)
        return picture_of(**values)

    return a_panel(draw), inside, go_on


@pytest.mark.parametrize(("name", "value"), [("keep_prob", 0.3), ("units", 5)])
def test_the_newest_value_wins_though_an_older_one_is_slow(name, value):
    panel, inside, go_on = slow_panel({"keep_prob": 0.5, "units": 8})

    def newer():
        inside.wait(5)
        panel.controls[name].box.value = value
        go_on.set()

    together(lambda: setattr(panel.controls["keep_prob"].box, "value", 0.5), newer)
    expected = {"keep_prob": 0.5, "units": 8, "show": "forward", "draw": 0} | {name: value}
    assert panel.values == expected and panel.picture.sentence == shown(panel) == words_of(**expected)


def test_two_threads_lose_no_draw():
    panel = a_panel()
    together(*[lambda: [panel.buttons["draw"].click() for _ in range(25)]] * 2)
    assert panel.values["draw"] == 50 and "draw 50," in shown(panel)


def test_a_value_that_is_overtaken_does_not_come_back():
    """Two changes of one box may reach the panel in the wrong order: what the box shows counts."""
    panel = a_panel()
    box, first = panel.controls["keep_prob"].box, threading.Event()
    newer_is_done, lock = threading.Event(), panel._lock

    class LateForTheFirst:
        def __enter__(self):
            if threading.current_thread().name == "older":
                first.set()
                newer_is_done.wait(1)
            lock.acquire()

        def __exit__(self, *_):
            lock.release()

    panel._lock = LateForTheFirst()
    older = threading.Thread(target=lambda: setattr(box, "value", 0.3), name="older", daemon=True)
    older.start()
    first.wait(5)
    box.value = 0.4
    newer_is_done.set()
    older.join(10)
    assert box.value == panel.values["keep_prob"] == 0.4 and "keep_prob 0.4," in shown(panel)


def test_the_values_that_were_read_do_not_change_afterwards():
    seen = []
    panel = a_panel(lambda **values: seen.append(values) or picture_of(**values), switched=True)
    before = panel.values
    for action in (panel.switches[0].click, panel.switches[1].click, panel.draw_anew, lambda: typed(panel, 0.3)):
        action()
    assert before == seen[0] and [values["by_hand"] for values in seen] == [
        {},
        {1: False},
        {1: False, 2: False},
        {},
        {},
    ]
