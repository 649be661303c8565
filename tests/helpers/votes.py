"""Votes: the choices of a prediction, and what in a page or in view would answer it before the hands go up."""

import re
from typing import NamedTuple

from dropout_lib.course import pages

CHOICE = re.compile(r"<summary>[A-Z]\. (.+?)</summary>(.*?)</details>", re.DOTALL)
FOLDED = re.compile(r"(?<=</summary>).*?(?=</details>)", re.DOTALL)
MARKUP = re.compile(r"<[^>]+>|&\w+;")
WORD, NUMBER = re.compile(r"\w{2,}"), re.compile(r"\d+\.\d+|\d{2,}")
# Too common to tell one choice from another.
COMMON = {"all", "an", "and", "are", "as", "at", "be", "been", "but", "by", "do", "does", "for", "from"}
COMMON |= {"has", "have", "in", "is", "it", "its", "more", "no", "not", "of", "on", "one", "or", "same"}
COMMON |= {"so", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "to", "was", "what"}
COMMON |= {"where", "which", "with", "yes"}
# Scrolls a cell to the top or the bottom of the notebook's view, or not; lists the cells in view, what is seen of each.
IN_VIEW = """([place, at]) => {
  const outer = document.querySelector('.jp-Notebook .jp-WindowedPanel-outer');
  const view = outer.getBoundingClientRect();
  const isSeen = box => box.width && box.height && box.bottom > view.top + 1 && box.top < view.bottom - 1;
  const asked = outer.querySelector(`.jp-Cell[data-windowed-list-index='${place}']`);
  const below = box => ({top: Math.round(box.top - view.top), bottom: Math.round(box.bottom - view.bottom)});
  if (at) outer.scrollTop += below(asked.getBoundingClientRect())[at];
  return [...outer.querySelectorAll('.jp-Cell')].filter(cell => isSeen(cell.getBoundingClientRect())).map(cell => {
    const words = [], walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (walk.nextNode()) {
      if (!walk.currentNode.parentElement.checkVisibility()) continue;
      range.selectNodeContents(walk.currentNode);
      if ([...range.getClientRects()].some(isSeen)) words.push(walk.currentNode.data);
    }
    const outputs = [...cell.querySelectorAll('.jp-OutputArea-output')];
    return {place: Number(cell.dataset.windowedListIndex), ...below(cell.getBoundingClientRect()),
            words: words.join(' '), outputs: outputs.filter(one => isSeen(one.getBoundingClientRect())).length};
  });
}"""


class Choice(NamedTuple):
    """A choice of a vote; `answer` is what opens below it, and begins with Yes where the choice is right."""

    words: str
    answer: str
    is_code: bool

    @property
    def is_right(self):
        return self.answer.startswith("Yes")


class Prediction(NamedTuple):
    """The place of a prediction in its page, its question and its choices, and the numbers that only an answer has."""

    place: int
    question: str
    choices: list
    numbers: set


def predictions(page):
    """List the predictions of a page."""
    found = []
    for place, cell in enumerate(page.cells):
        if pages.role(cell) == "predict":
            folded = CHOICE.findall(cell.source)
            choices = [Choice(MARKUP.sub("", words), answer.strip(), "<code>" in words) for words, answer in folded]
            told = [f"{choice.words}\n{choice.answer}" for choice in choices if choice.is_right]
            told += [_said(one) for one in until_the_heading(page, place) if one.cell_type == "code"]
            known = [one.source for one in page.cells if one.cell_type == "code"]
            known += [in_the_open(one) for one in page.cells[: place + 1]]
            numbers = _numbers("\n".join(told)) - _numbers("\n".join(known))
            found.append(Prediction(place, MARKUP.sub("", cell.source.partition("<details>")[0]), choices, numbers))
    return found


def until_the_heading(page, place):
    """Yield the cells from the one at this place to the next heading or prediction, where a vote is closed."""
    for cell in page.cells[place + 1 :]:
        if ends_the_vote(cell):
            return
        yield cell


def ends_the_vote(cell):
    """Say whether a vote above this cell is closed here: it is a heading or the next prediction."""
    return cell.cell_type == "markdown" and (pages.role(cell) == "predict" or cell.source.startswith("#"))


def in_the_open(cell):
    """Give what a reader of a stored cell sees before he opens or runs anything."""
    if cell.cell_type == "markdown":
        return MARKUP.sub(" ", FOLDED.sub(" ", cell.source))
    return cell.source if pages.is_folded(cell) else f"{cell.source}\n{_said(cell)}"


def _said(cell):
    return "\n".join(one.get("text") or one.get("data", {}).get("text/plain", "") for one in pages.shown(cell))


def told_in_view(page, prediction, seen):
    """List what in the cells `seen`, as IN_VIEW lists them, answers a prediction; each as a sentence."""
    closed = {place for place, cell in enumerate(page.cells) if place > prediction.place and ends_the_vote(cell)}
    end = min(closed, default=len(page.cells))
    for one in seen:
        cell, words = page.cells[one["place"]], " ".join(one["words"].split())
        if pages.role(cell) == "predict":
            continue
        if answered_by(prediction, words):
            yield f"{cell.id} has the words of the right choice: {words}"
        if one["place"] > prediction.place:
            if one["outputs"] and one["place"] < end and pages.role(cell) != "check":
                yield f"{cell.id} shows its output"
            if numbers := prediction.numbers & _numbers(words):
                yield f"{cell.id} has numbers of the answer: {', '.join(sorted(numbers))}"


def answered_by(prediction, text):
    """Say whether a text has the words of a right choice, and not those with which a wrong one begins.

    Lines of code to choose from are in the page anyway: nothing is said of them.
    """
    if any(choice.is_code for choice in prediction.choices):
        return False
    said, asked = _stems(text), _stems(prediction.question)
    wrong = [_stems(re.split("[:,.]", choice.words)[0]) - asked for choice in prediction.choices if not choice.is_right]
    right = [choice.words for choice in prediction.choices if choice.is_right]
    return any(_has(said, text, words, asked) for words in right) and not any(one and one <= said for one in wrong)


def _has(said, text, choice, asked):
    """Say whether a choice is said: most of its words that the question has not, or if it is one word, all in order."""
    telling = _stems(choice) - asked
    if len(telling) > 1:
        return len(telling & said) >= 0.8 * len(telling)
    return f" {_plain(choice)} " in f" {_plain(text)} "


def _plain(text):
    return " ".join(re.findall(r"\w+", MARKUP.sub(" ", text).lower()))


def _stems(text):
    return {word[:5] for word in WORD.findall(MARKUP.sub(" ", text).lower()) if word not in COMMON}


def _numbers(text):
    return set(NUMBER.findall(text))
