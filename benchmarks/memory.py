"""The kernel's peak memory on each page, run as shipped."""

import nbformat

from dropout_lib.course import pages

# A process's own peak. (The one that getrusage gives starts with that of the process that started the kernel.)
PEAK = """
import re
print(int(re.search(r"VmHWM:\\s*(\\d+) kB", open("/proc/self/status").read())[1]) / 1024)
"""


def report():
    for path in pages.paths():
        print(f"{path.stem:28}  peak {_peak(path)}")
    print()


def _peak(path):
    page = pages.read(path)
    page.cells.append(nbformat.v4.new_code_cell(PEAK))
    try:
        done = pages.run(page, folder=path.parent)
        return f"{float(done.cells[-1].outputs[0].text):.0f} MB (aim: under 300, or 500 where sub-networks are listed)"
    except Exception as error:  # noqa: BLE001 - a page that fails, or a system without /proc: say so and go on
        return f"unknown: {str(error).splitlines()[-1]}"
