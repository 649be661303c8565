"""What a learner sees in a page and does there by keyboard alone; an explorer's twin says what must be seen next."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError

from dropout_lib import explorers
from dropout_lib.course import pages
from dropout_lib.explorers import panel
from dropout_lib.figures.picture import Picture
from helpers import lab
from helpers.svg import kept_and_dropped, says_the_same

# Two frames: what lies outside the window is drawn, and has text, only once it was scrolled into it.
STILL = """async output => {
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const images = [...output.querySelectorAll('figure img')], image = images[0], box = image?.getBoundingClientRect();
    return { count: images.length, alt: image?.alt, drawn: image?.complete && image.naturalWidth > 0,
             size: [box?.width, box?.height], words: output.querySelector('figure figcaption')?.textContent,
             live: output.querySelectorAll('.jupyter-widgets').length } }"""

SEEN = """output => {
    const picture = output.querySelector('.widget-html svg'), words = output.querySelector('.widget-html p');
    const all = selector => [...output.querySelectorAll(selector)];
    return {
        label: picture.getAttribute('aria-label'), words: words.textContent,
        lines: Math.round(words.getBoundingClientRect().height / 22.5),  // 15 px, 1.5 times: see Picture.live
        controls: all('input, button, select').length,
        numbers: all('svg [data-number]').map(text => [text.dataset.number, text.textContent]),
        kept: all('svg [data-neuron]').map(neuron => !neuron.querySelector('.cross')),
        filled: all('svg [data-neuron]').map(neuron => neuron.querySelector('circle').getAttribute('fill') !== 'none'),
        boxes: Object.fromEntries(all('input[type=number]').map(box => [box.labels[0].textContent, box.value])),
        switches: all('button').map(button => button.textContent).filter(name => /^\\d+ (kept|dropped)$/.test(name)),
    } }"""

SAID = """([output, sentence, boxes]) =>
    (!sentence || output.querySelector('.widget-html p').textContent === sentence) &&
    [...output.querySelectorAll('input[type=number]')].every(box => +box.value === boxes[box.labels[0].textContent])"""

# Relative to the explorer's own cell: the page may be scrolled, and cells above it drawn, at any time.
BOXES = """cell => {
    const origin = cell.getBoundingClientRect(), next = cell.nextElementSibling;
    const place = element => { const box = element.getBoundingClientRect();
        return [box.left - origin.left, box.top - origin.top, box.width, box.height].map(side => +side.toFixed(2)) };
    const all = selector => [...cell.querySelectorAll('.jp-Cell-outputArea ' + selector)];
    return { controls: all(':is(input, select, button, .slider-container, svg)').map(place),
             next: next && place(next).slice(0, 2),
             cut: all('button').filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText) } }"""


def still(output):
    """Read the still picture of an output."""
    output.scroll_into_view_if_needed()
    return output.evaluate(STILL)


def check_still(seen, sentence):
    """Check that a cell shows its still picture alone, the sentence as its alternative text and its words below it."""
    assert seen["count"] == 1 and seen["live"] == 0, seen
    assert seen["drawn"] and min(seen["size"]) > 50, seen
    assert seen["alt"] == sentence and len(sentence) > 20 and says_the_same(seen["words"], sentence), seen


def check_live(output):
    """Check that a cell shows its live picture, with no still picture beside it."""
    output.locator(".widget-html svg").wait_for(state="attached")
    assert still(output)["count"] == 0
    check_picture(output.evaluate(SEEN))


def check_picture(seen):
    """Check a live picture against itself: crosses, numbers, threshold, sentence and switches must all agree."""
    kept = seen["kept"]
    assert says_the_same(seen["words"], seen["label"])
    assert seen["controls"] or seen["lines"] <= 2, seen
    assert seen["filled"] == kept
    if seen["numbers"]:
        assert [float(number) < float(seen["boxes"]["keep_prob"]) for number, _ in seen["numbers"]] == kept
        assert all(0 <= float(number) - float(words) < 0.01 for number, words in seen["numbers"])
    if kept:
        numbers = {number for number, on in enumerate(kept, start=1) if on}
        assert kept_and_dropped(seen["label"]) == (numbers, len(kept), len(kept) - sum(kept))
    if seen["switches"]:
        assert seen["switches"] == [f"{n} {'kept' if on else 'dropped'}" for n, on in enumerate(kept, start=1)]


def violations(tab):
    """Ask axe-core about all outputs. ipywidgets gives the handle of a slider no name, and takes none: accepted."""
    # axe-core passes over what JupyterLab has not drawn yet.
    tab.add_style_tag(content=".jp-Notebook .jp-Cell { content-visibility: visible !important }")
    found = Axe().run(tab, context={"include": [[".jp-Cell-outputArea"]]}).response["violations"]
    nodes = [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]
    return [(rule, html) for rule, html in nodes if not (rule == "aria-input-field-name" and "noUi-handle" in html)]


def tab_to(tab, target):
    """Press Tab or Shift+Tab until the target has the focus."""
    for _ in range(300):
        # 0: it is the focused element itself; bit 4: it follows it.
        where = target.evaluate("element => document.activeElement.compareDocumentPosition(element)")
        if where == 0:
            return
        tab.keyboard.press("Tab" if where & 4 else "Shift+Tab")
    raise AssertionError(f"Tab does not reach {target}")


def open_choices(tab, place):
    """Open each choice of a prediction, by Space and Enter in turn; the focus stays on it."""
    choices = lab.cell(tab, place).locator("details")
    assert choices.count() >= 2
    for number in range(choices.count()):
        choice, summary = choices.nth(number), choices.nth(number).locator("summary")
        tab_to(tab, summary)
        tab.keyboard.press(("Space", "Enter")[number % 2])
        assert choice.evaluate("choice => choice.open && choice.innerText.trim().includes('\\n')"), choice.inner_text()
        assert summary.evaluate("summary => summary === document.activeElement")


def select_cell(tab, place):
    """Select a cell by the arrow keys."""
    active = "document.querySelector('.jp-Notebook .jp-Cell.jp-mod-active').dataset.windowedListIndex"
    # In a control the arrows are the control's own: leave it first.
    while tab.evaluate("document.activeElement.matches('input, select, [role=slider]')"):
        tab.keyboard.press("Tab")
    tab.keyboard.press("Escape")
    while (now := int(tab.evaluate(active))) != place:
        tab.keyboard.press("ArrowDown" if now < place else "ArrowUp")
        tab.wait_for_function(f"{active} !== '{now}'")


def write_cell(tab, place, source):
    """Replace the source of a cell, and leave it selected."""
    select_cell(tab, place)
    tab.keyboard.press("Enter")
    tab.keyboard.press("Control+a")
    tab.keyboard.insert_text(source)
    tab.keyboard.press("Escape")


def run_cell(tab, place):
    """Run a cell, wait until it has a new number, and give the text of its output."""
    select_cell(tab, place)
    prompt = lab.cell(tab, place).locator(".jp-InputPrompt")
    prompt.evaluate("prompt => { prompt.textContent = '[?]:' }")
    tab.keyboard.press("Control+Enter")  # Shift+Enter on the last cell makes a new one, where Tab indents
    tab.wait_for_function("prompt => /\\d/.test(prompt.textContent)", arg=prompt.element_handle())
    return lab.cell(tab, place).locator(".jp-Cell-outputArea").text_content()


def twin(page, place):
    """Make the explorer of a cell here, without a browser, from the page's set-up and the cell.

    None if the cell shows what the page has computed before: a training is not done twice.
    """
    names = {"explorers": explorers}
    for cell in page.cells:
        if pages.role(cell) == "setup":
            exec(cell.source, names)
    try:
        return eval(page.cells[place].source, names)
    except NameError:
        return None


CONTROLS = """output => [...output.querySelectorAll('input[type=number]')].map(box => ({
    label: box.labels[0].textContent, value: +box.value, low: +box.min, high: +box.max, step: +box.step || 1,
    slider: !!box.closest('.widget-inline-hbox').parentElement.querySelector(':scope > .widget-slider') }))"""


LISTS = """output => [...output.querySelectorAll('select')].map(list => ({
    label: list.labels[0].textContent, options: [...list.options].map(one => one.textContent),
    value: list.selectedOptions[0].textContent }))"""


def stand_in(output):
    """Make a twin that has an explorer's number boxes and lists, as its page shows them, and an empty picture."""
    controls = {box["label"]: panel.Number(**box) for box in output.evaluate(CONTROLS)}
    controls |= {shown["label"]: panel.Choice(**shown) for shown in output.evaluate(LISTS)}
    redraws = output.get_by_role("button", name="New draw").count() > 0
    return panel.Panel(lambda **values: Picture('<svg viewBox="0 0 760 400"/>', ""), controls, redraws=redraws)


class Explorer:
    """An explorer in a page, and its twin without a browser, which takes the same actions."""

    def __init__(self, tab, watch, place, twin, *, patience=1000 * lab.PATIENCE):
        self.tab, self.watch, self.cell = tab, watch, lab.cell(tab, place)
        self.output = self.cell.locator(".jp-Cell-outputArea")
        still(self.output)  # brings it into the window, where alone it has its true size
        self.twin, self.patience, self.error = twin or stand_in(self.output), patience, ""
        self.knows_the_sentence = twin is not None
        self.start = self.cell.evaluate(BOXES)
        self.numbers = [control for control in self.twin.controls.values() if hasattr(control.box, "min")]
        self.sliders = [control for control in self.numbers if hasattr(control, "slider")]
        self.lists = [control for control in self.twin.controls.values() if hasattr(control.box, "options")]

    def agrees(self):
        """Wait until the page says and shows what the twin does; then all in it must agree, and nothing have moved."""
        self.says(self.error or (self.twin.picture.sentence if self.knows_the_sentence else ""))
        if not self.error:
            check_picture(self.output.evaluate(SEEN))
        self.stands_still()

    def stays(self):
        """Agree, and still agree when no message is left between page and kernel."""
        self.agrees()
        self.watch.wait_for_answers()
        self.agrees()

    def says(self, sentence):
        """Wait until sentence and number boxes are these; where the twin knows no sentence, until the page is at rest.

        Two values may have one sentence, so that it can be there before the box is.
        """
        if not sentence:
            self.watch.wait_for_answers()
        boxes = {control.box.description: control.box.value for control in self.numbers}
        arguments = [self.output.element_handle(), sentence, boxes]
        try:
            self.tab.wait_for_function(SAID, arg=arguments, timeout=self.patience)
        except TimeoutError:
            seen = self.output.evaluate(SEEN)
            raise AssertionError(
                f"The page says {seen['words']!r}, not {sentence!r}, or has {seen['boxes']}, not {boxes}"
            ) from None

    def stands_still(self):
        boxes = self.cell.evaluate(BOXES)
        assert boxes["cut"] == []
        moved = {name: (self.start[name], box) for name, box in boxes.items() if box != self.start[name]}
        assert not moved, f"Something moved, from and to: {moved}"

    def press(self, name):
        tab_to(self.tab, self.output.get_by_role("button", name=name, exact=True))
        self.tab.keyboard.press("Space")

    def slide(self, place):
        """Move a slider three steps, one at a time; then press 20 keys as fast as they go."""
        tab_to(self.tab, self.output.locator("[role=slider]").nth(place))
        before = self.output.evaluate(SEEN)["words"]
        for _ in range(3):
            self.keys(place, "ArrowLeft")
        self.keys(place, *["ArrowLeft"] * 13, *["ArrowRight"] * 7)
        self.stays()
        box = self.sliders[place].box
        assert box.min < box.value < box.max  # at an end, too many or too few presses would look right
        assert self.output.evaluate(SEEN)["words"] != before

    def keys(self, place, *names):
        control = self.sliders[place]
        value = control.box.value
        for name in names:
            value += control.step if name == "ArrowRight" else -control.step
            value = min(max(value, control.box.min), control.box.max)
            self.tab.keyboard.press(name)
        control.box.value = round(value, 2)
        self.agrees()

    def type(self, place, value):
        """Type a value into a number box: it is the value that is shown, in the box and in the picture."""
        tab_to(self.tab, self.output.locator("input[type=number]").nth(place))
        self.tab.keyboard.press("Control+a")
        self.tab.keyboard.type(f"{value:g}")
        self.tab.keyboard.press("Enter")
        self.numbers[place].box.value = value
        self.stays()

    def choose(self, place):
        """Go to a list's last option, its first, and back. On a closed list the arrows are the notebook's: open it."""
        chosen, box = self.output.locator("select").nth(place), self.lists[place].box
        tab_to(self.tab, chosen)
        first, last = box.index, len(box.options) - 1
        for arrow in ["ArrowDown"] * (last - first) + ["ArrowUp"] * last + ["ArrowDown"] * first:
            self.tab.keyboard.press("Space")
            self.tab.wait_for_function("chosen => chosen.matches(':open')", arg=chosen.element_handle())
            self.tab.keyboard.press(arrow)
            self.tab.keyboard.press("Enter")
            box.index += 1 if arrow == "ArrowDown" else -1
            self.agrees()

    def switch(self, neuron):
        self.press(self.twin.switches[neuron - 1].description)
        self.twin.switch(neuron)
        self.agrees()

    def draw_anew(self):
        self.press("New draw")
        self.twin.draw_anew()
        self.agrees()

    def reset(self):
        self.press("Reset")
        self.twin.set(by_hand={})
        self.agrees()

    def follow(self):
        """Work all controls."""
        self.agrees()
        for place in range(len(self.sliders)):
            self.slide(place)
        for place, control in enumerate(self.numbers):
            # 0.37 is between the steps of a slider: the box must not be snapped to one.
            ends = (control.box.max, control.box.min, control.box.value)
            for value in (0.37, 0.8) if isinstance(control.box.value, float) else ends:
                self.type(place, value)
        for place in range(len(self.lists)):
            self.choose(place)
        for neuron in range(1, len(self.twin.switches) + 1):
            self.switch(neuron)
        if self.twin.switches:
            self.reset()
        self.move()

    def move(self):
        """Draw anew; where nothing is random, move a slider by a step."""
        if "draw" in self.twin.buttons:
            self.draw_anew()
        else:
            tab_to(self.tab, self.output.locator("[role=slider]").first)
            self.keys(0, "ArrowLeft")

    def fail(self, error):
        """Move, which must show this error in the place of the sentence, and make nothing move."""
        self.error = error
        self.move()
        self.error = ""
