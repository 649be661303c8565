"""In a real browser: key press on a slider to the new picture painted, in JupyterLab, by `interact`, on the website."""

import tempfile
from pathlib import Path
from statistics import median

import nbformat
from helpers import lab
from helpers.site_page import write_page

from benchmarks.race import against
from dropout_lib import explorers
from dropout_lib.course import pages

ROUNDS = 30
SETUP = """
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, interact
from dropout_lib import explorers, figures
from dropout_lib.explorers.panel import Number, Panel
slider = dict(min=0.05, max=1.0, step=0.05, value=0.8)
asked = np.linspace(0.1, 1.0, 10)
"""
DIAGRAM = "explorers.neurons()"
DIAGRAM_BY_INTERACT = """
def diagram(keep_prob):
    numbers = np.random.default_rng([1, 0]).random((4, 8))
    mask = numbers < keep_prob
    figure, (above, below) = plt.subplots(2, 1, figsize=(7.6, 4.2))
    above.scatter(range(8), numbers[0], 300, color=np.where(mask[0], "#0072B2", "#FFFFFF"), edgecolors="#666666")
    above.axhline(keep_prob, color="#E69F00", linewidth=4)
    for neuron in range(8):
        above.text(neuron, numbers[0, neuron], neuron + 1, ha="center", va="center")
        above.text(neuron, -0.2, f"{numbers[0, neuron]:.2f}", ha="center")
    above.set_ylim(-0.3, 1)
    below.imshow(mask, cmap="Blues")
    plt.show()
    print(f"keep_prob {keep_prob}: neurons {np.flatnonzero(mask[0]) + 1} are kept.")

interact(diagram, keep_prob=FloatSlider(**slider));
"""
CHART = """
def chart(keep_prob, draw):
    return figures.curves(asked, {"kept": asked**keep_prob, "asked": asked}, title="A curve", xlabel="x", ylabel="y",
                          sentence=f"At keep_prob {keep_prob:g} the first is {asked[0]**keep_prob:.3f}.")

Panel(chart, {"keep_prob": Number("keep_prob", value=0.8, low=0.05, high=1.0, step=0.05)})
"""
CHART_BY_INTERACT = """
def plotted(keep_prob):
    plt.figure(figsize=(7.6, 3.7))
    plt.plot(asked, asked**keep_prob, "-o", label="kept")
    plt.plot(asked, asked, "--s", label="asked")
    plt.title("A curve")
    plt.xlabel("x")
    plt.ylabel("y")
    plt.legend(loc="center left", bbox_to_anchor=(1.02, 0.5))
    plt.show()
    print(f"At keep_prob {keep_prob:g} the first is {asked[0]**keep_prob:.3f}.")

interact(plotted, keep_prob=FloatSlider(**slider));
"""
CELLS = {
    "diagram": DIAGRAM,
    "diagram, interact": DIAGRAM_BY_INTERACT,
    "chart": CHART,
    "chart, interact": CHART_BY_INTERACT,
}
# From the next key press on, every frame is looked at: is there a picture, and is it another one? The message comes
# when the frame that has the new one is painted.
TIME_NEXT_KEY = """cell => {
    const picture = () => {
        const all = '.jp-OutputArea svg[role=img], .jp-OutputArea img, .drawing.wide svg';
        const shown = [...cell.querySelectorAll(all)].at(-1);
        return !shown ? '' : shown.tagName === 'IMG' ? (shown.complete ? shown.src : '') : shown.outerHTML };
    const before = picture();
    window.trial = { empty: 0 };
    document.addEventListener('keydown', () => {
        const start = performance.now(), painted = new MessageChannel();
        painted.port1.onmessage = () => { window.trial.ms = performance.now() - start };
        const look = () => {
            const now = picture();
            if (!now) window.trial.empty += 1;
            if (now && now !== before) painted.port2.postMessage(0);
            else requestAnimationFrame(look) };
        requestAnimationFrame(look);
    }, { once: true, capture: true }) }"""
# What the website's own script does at a key press, and the layout after it.
WORK = """box => {
    const start = performance.now();
    box.value = box.value === "3" ? "12" : "3";
    box.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.getBoundingClientRect();
    return performance.now() - start }"""


def report():
    with tempfile.TemporaryDirectory() as scratch:
        trials = _trials(Path(scratch))
    print(f"key press to new picture painted, median of {ROUNDS}, as a ratio to interact and plt.show()")
    for name, aim in (("diagram", 0.5), ("chart", 0.65)):
        ours, theirs = (median(trial["ms"] for trial in trials[key]) for key in (name, f"{name}, interact"))
        empty = sum(trial["empty"] for trial in trials[name])
        print(f"{name:10}{ours:4.0f} ms of {theirs:4.0f} ms: {against(ours / theirs, aim)}, empty frames: {empty}")
    web, work = (median(trial["ms"] for trial in trials[name]) for name in ("website", "work"))
    print(f"website   {web:4.0f} ms, the same diagram without a kernel; {work:.1f} ms of it work (aim: at most 16)")


def _trials(scratch):
    """Press a key on each slider in turn; list each cell's times and its frames without a picture."""
    sources = [SETUP.strip(), *(source.strip() for source in CELLS.values())]
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    (scratch / "notebooks").mkdir()
    nbformat.write(pages.clean(page), scratch / "notebooks" / "bench.ipynb")
    with lab.browser() as browser, lab.server(scratch / "notebooks", scratch) as address:
        tab = browser.new_page(viewport={"width": 1280, "height": 800})
        lab.open_page(tab, address, "bench.ipynb", cells=len(sources))
        lab.run_all(tab)
        site = _website(browser, scratch)
        trials = {name: [] for name in [*CELLS, "website", "work"]}
        for turn in range(ROUNDS + 1):
            for index, name in enumerate(CELLS, start=1):
                trials[name].append(_trial(tab, lab.cell(tab, index), ".noUi-handle", turn))
            trials["website"].append(_trial(site, site.locator(".explorer"), "input >> nth=0", turn))
            trials["work"].append({"ms": site.locator(".explorer input").first.evaluate(WORK)})
    return {name: taken[1:] for name, taken in trials.items()}  # the first one loads what the later ones use


def _website(browser, scratch):
    """Open the diagram's explorer as a page of the website."""
    folder = scratch / "site"
    folder.mkdir()
    write_page(folder, [explorers.neurons()])
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.goto((folder / "99.html").as_uri())
    tab.locator(".explorer input").first.focus()
    tab.wait_for_timeout(500)
    return tab


def _trial(tab, cell, slider, turn):
    tab.bring_to_front()
    cell.locator(slider).focus()
    tab.wait_for_timeout(200)
    cell.evaluate(TIME_NEXT_KEY)
    tab.keyboard.press("ArrowRight" if turn % 2 else "ArrowLeft")
    tab.wait_for_function("window.trial.ms")
    return tab.evaluate("window.trial")
