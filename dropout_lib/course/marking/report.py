"""The page that shows marks: for each exercise a bar for each mistake, its hint, and, folded, whose it is.

One file that fetches nothing, light and dark, with type for a projector. Names are folded, so that it may be shown.
"""

from html import escape
from itertools import groupby

from dropout_lib.course.marking.judging import NOT_RUN

KINDS = {"yes": "yes", "mistake": "not yet", "other": "not yet", "error": NOT_RUN, "empty": "not written"}
STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --line: #767676; --soft: #f0f0f0; }
@media (prefers-color-scheme: dark) { :root { --ink: #eee; --paper: #161616; --line: #9a9a9a; --soft: #2a2a2a; } }
body { font: 20px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 auto;
  max-width: 1160px; padding: 16px 32px 64px; overflow-wrap: anywhere; }
h1 { font-size: 34px; margin: 0 0 8px; } h2 { font-size: 28px; margin: 48px 0 0; border-top: 2px solid var(--line); }
h3 { font-size: 24px; margin: 28px 0 4px; } p { margin: 4px 0; }
.row { display: grid; grid-template-columns: 330px 1fr; gap: 2px 16px; margin: 12px 0; }
.name { font-weight: 600; } .bar { display: flex; align-items: center; gap: 10px; }
.fill { height: 24px; border: 2px solid var(--line); box-sizing: border-box; }
.yes { background: #0072B2; border-color: #0072B2; } .mistake { background: #E69F00; border-color: #E69F00; }
.other { background: repeating-linear-gradient(45deg, #E69F00 0 4px, transparent 4px 10px); }
.error { background: repeating-linear-gradient(90deg, var(--line) 0 3px, transparent 3px 9px); }
.more { grid-column: 2; } summary { cursor: pointer; } ul { margin: 4px 0; padding-left: 28px; }
table { border-collapse: collapse; font-size: 17px; } th, td { text-align: left; padding: 4px 12px 4px 0;
  vertical-align: top; border-bottom: 1px solid var(--line); } code { background: var(--soft); padding: 0 4px; }
"""


def page(files, rows, protection):
    """Give the whole page, as HTML, for a list of Submission and one of Row; `protection` is a sentence."""
    counted = [row for row in rows if row.counted == "yes"]
    exercises = dict.fromkeys((row.page, row.exercise) for row in sorted(counted, key=lambda row: row.page))
    body = [_summary(files, counted, protection)]
    for name, group in groupby(exercises, key=lambda key: key[0]):
        body.append(f"<h2>{escape(name.replace('_', ' '))}</h2>")
        body += [_exercise(key[1], [row for row in counted if (row.page, row.exercise) == key]) for key in group]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Marks</title>'
        '<meta name="viewport" content="width=device-width">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<style>{STYLE}</style></head><body><main>{''.join(body)}{_files(files)}</main></body></html>\n"
    )


def bars(rows):
    """Group the rows of one exercise: a list of (kind, name, hint, rows), the yes first, then by how many they are."""
    groups = {}
    for row in rows:
        groups.setdefault((_kind(row), row.mistake), []).append(row)
    order = list(KINDS)
    found = [
        (kind, mistake or _name(kind), members[0].sentence.removeprefix("Not yet. ") if mistake else "", members)
        for (kind, mistake), members in groups.items()
    ]
    return sorted(found, key=lambda bar: (order.index(bar[0]), -len(bar[3]), bar[1]))


def _kind(row):
    if row.verdict == "not yet":
        return "mistake" if row.mistake else "other"
    return {verdict: kind for kind, verdict in KINDS.items()}[row.verdict]


def _name(kind):
    return "no mistake recognised" if kind == "other" else KINDS[kind]


def _summary(files, counted, protection):
    learners = {row.learner for row in counted}
    unmarked = sum(one.page is None for one in files)
    twice = sum(one.page is not None and not one.is_counted for one in files)
    return (
        f"<h1>Marks</h1><p>{_many(len(files), 'file')}, {_many(len(learners), 'learner')}, "
        f"{_many(len(counted), 'answer')} counted. Files that could not be marked: {unmarked}. "
        f"Files that a later one of the same learner and page replaces: {twice}. {escape(protection)}</p>"
        "<p>Open a line to see whose answers they are. Code that means to cheat can fake a verdict.</p>"
    )


def _exercise(name, rows):
    found = bars(rows)
    by_verdict = {verdict: sum(row.verdict == verdict for row in rows) for verdict in dict.fromkeys(KINDS.values())}
    said = ", ".join(f"{number} {verdict}" for verdict, number in by_verdict.items())
    return f"<h3><code>{escape(name)}</code></h3><p>{_many(len(rows), 'answer')}: {said}.</p>" + "".join(
        _bar(*bar, len(rows)) for bar in found
    )


def _bar(kind, name, hint, rows, count):
    told = "" if hint or kind in ("yes", "empty") else "said"
    who = "".join(
        f"<li>{escape(row.learner)}{f': {escape(row.sentence)}' if told else ''}</li>"
        for row in sorted(rows, key=lambda row: row.learner)
    )
    return (
        f'<div class="row"><div class="name">{escape(name).replace("_", "_<wbr>")}</div>'
        f'<div class="bar"><div class="fill {kind}" style="width:{90 * len(rows) / count:.1f}%"></div>{len(rows)}</div>'
        f'<div class="more">{f"<p>{escape(hint)}</p>" if hint else ""}'
        f"<details><summary>who</summary><ul>{who}</ul></details></div></div>"
    )


def _files(files):
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in _file_cells(one)) + "</tr>"
        for one in sorted(files, key=lambda one: (one.page is not None, not one.note))
    )
    heads = "".join(f"<th>{head}</th>" for head in ("file", "learner", "page", "note"))
    return (
        f"<h2>Files</h2><details><summary>All {len(files)}, those that could not be marked first</summary>"
        f"<table><tr>{heads}</tr>{rows}</table></details>"
    )


def _file_cells(one):
    replaced = "" if one.is_counted or not one.page else "A later file of the same learner and page is counted instead."
    return (
        one.file,
        f"{one.learner} (by {one.learner_by})",
        f"{one.page.name} (by {one.page_by})" if one.page else "",
        f"{one.note} {replaced}".strip(),
    )


def _many(number, what):
    return f"{number} {what}{'' if number == 1 else 's'}"
