"""Linux's Landlock: a process gives up, for good, the right to write anywhere but below one folder. No root is needed.

The numbers are those of the kernel's own description, https://docs.kernel.org/userspace-api/landlock.html.
"""

import ctypes
import os
import struct
import sys

CREATE, ADD, RESTRICT = 444, 445, 446  # numbers of system calls, the same on every processor that is common
WRITE_FILE, TRUNCATE, REFER = 1 << 1, 1 << 14, 1 << 13
CHANGES = sum(1 << bit for bit in (1, *range(4, 13)))  # write a file; remove and make files and folders of each kind
NO_NEW_RIGHTS = 38


def version():
    """Give the version of Landlock that the system has; 0 where there is none."""
    return max(0, _call(CREATE, None, 0, 1)) if sys.platform == "linux" else 0


def write_only_below(folder):
    """Give up, in this process and those that it starts, writing outside of `folder`; say whether that was done."""
    known = version()
    if not known:
        return False
    handled = CHANGES | (REFER if known >= 2 else 0) | (TRUNCATE if known >= 3 else 0)
    rules = _call(CREATE, struct.pack("=Q", handled), 8, 0)
    for path, allowed in ((folder, handled), (os.devnull, handled & (WRITE_FILE | TRUNCATE))):
        place = os.open(path, os.O_PATH)
        _call(ADD, rules, 1, struct.pack("=Qi", allowed, place), 0)
        os.close(place)
    ctypes.CDLL(None).prctl(NO_NEW_RIGHTS, 1, 0, 0, 0)
    done = _call(RESTRICT, rules, 0) == 0
    os.close(rules)
    return done


def _call(number, *arguments):
    return ctypes.CDLL(None).syscall(number, *arguments)
