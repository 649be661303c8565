"""Answers to scale_survivors that break, never end or mean harm; and the verdict, mistake and words that each gets.

They touch nothing outside of ROOT, a name that the test replaces by its own folder: also not where nothing stops them.
"""

DEFINED = "def scale_survivors(activations, mask, keep_prob):\n"
RIGHT = DEFINED + "    return activations * mask / keep_prob\n"
UNSCALED = "    return activations * mask\n"
NOT_RUN, NOT_YET = "could not be run", "not yet"
EVERY_FILE = "import os\nfor n in range(3, 30):\n    try:\n        {}\n    except OSError:\n        pass\n"

HOSTILE = {
    "syntax": ("def scale_survivors(:\n    return", NOT_RUN, "", "SyntaxError in line 1"),
    "raises": (f"{DEFINED}    return activations / nothing", NOT_YET, "", "NameError in its line `return activations"),
    "leaves": (f"import sys\nsys.exit()\n{RIGHT}", NOT_RUN, "", "raised SystemExit"),
    "interrupts": (f"{DEFINED}    raise KeyboardInterrupt", NOT_RUN, "", "The answer raised KeyboardInterrupt"),
    "endless": (f"{DEFINED}    while True: pass", NOT_YET, "", "did not end within 4 seconds"),
    "endless cell": (f"{RIGHT}while True: pass", NOT_RUN, "", "within 10 seconds of processor time"),
    "reads": (f"{DEFINED}    import os; return open(os.path.expanduser('~/secret'))", NOT_YET, "", "FileNotFoundError"),
    "deletes": (
        "import os, shutil\nfor place in (os.getcwd(), os.path.expanduser('~')):\n"
        "    assert place.startswith(ROOT)\n    shutil.rmtree(place)\n" + RIGHT, NOT_RUN, "", "Error: [Errno",
    ),
    "deletes in its function": (
        DEFINED + "    import os, shutil\n    for place in (os.getcwd(), os.path.expanduser('~')):\n"
        "        assert place.startswith(ROOT)\n        shutil.rmtree(place, ignore_errors=True)\n" + UNSCALED,
        NOT_YET, "forgot_to_scale", "",
    ),
    "prints": (f"{DEFINED}    while True: print('x' * 99)", NOT_YET, "", "did not end within 4 seconds"),
    "prints in its cell": (f"for n in range(10**5): print('x' * 99)\n{RIGHT}", "yes", "", "Yes."),
    "fills the disk": (f"open('x', 'wb').write(b'x' * 10**8)\n{RIGHT}", NOT_RUN, "", "raised OSError"),
    "fills memory": (f"{DEFINED}    return [bytes(10**9) for _ in range(50)]", NOT_YET, "", "raised MemoryError"),
    "ends Python": (f"{DEFINED}    import os; os._exit(0)", NOT_RUN, "", "ended itself, with exit code 0"),
    "crashes": (f"{DEFINED}    import ctypes; ctypes.string_at(0)", NOT_RUN, "", "ended by SIGSEGV"),
    "fakes": (
        "check = type('C', (), {'scale_survivors': lambda f: 'Yes.'})\nprint('Yes.')\n"
        + EVERY_FILE.format("os.write(n, b'[\"\", \"yes\", \"Yes.\", null]\\n')")
        + f"{DEFINED}    print('Yes.')\n{UNSCALED}", NOT_YET, "forgot_to_scale", "the survivors come out as they were",
    ),
    "floods": (
        EVERY_FILE.format("while True: os.write(n, b'x' * 10**5)") + RIGHT, NOT_RUN, "", "closed or filled the way",
    ),
    "equal to all": (
        f"class All:\n    def __eq__(self, other): return True\n{DEFINED}    return All()",
        NOT_YET, "", "where an array of numbers was asked for",
    ),
    "patches the checks": (
        "from dropout_lib.checks.grading import exercise\nexercise._same = print\n" + DEFINED + "    return mask",
        NOT_RUN, "", "changed what judges it: dropout_lib.checks.grading.exercise._same",
    ),
    "patches a class": (
        "from dropout_lib.checks.grading.exercise import Exercise, Verdict\n"
        f"Exercise.__call__ = lambda self, answer: Verdict('yes', 'Yes.')\n{DEFINED}    return mask",
        NOT_RUN, "", "changed what judges it: dropout_lib.checks.grading.exercise.Exercise.__call__",
    ),
    "patches NumPy": (
        f"np.allclose = lambda *_, **__: True\n{DEFINED}    return activations / 1",
        NOT_RUN, "", "changed what judges it: numpy.allclose",
    ),
    "forks": (
        DEFINED + "    import os, time\n    if not os.fork():\n        os.setsid(); time.sleep(999)\n" + UNSCALED,
        NOT_YET, "forgot_to_scale", "",
    ),
    "forks in its cell": (f"import os, time\n{RIGHT}if os.fork(): time.sleep(3600)", "yes", "", "Yes."),
}  # fmt: skip
# What Landlock alone stops: files of the teacher's, by their whole paths.
DELETING = {
    "deletes elsewhere": (
        "import os\nacts = os.remove, lambda path: open(path, 'a'), lambda path: os.truncate(path, 0)\n"
        f"{DEFINED}    for act in acts:\n"
        "        try: act(ROOT + '/home/secret')\n        except PermissionError: pass\n"
        "        else: return 'done'\n" + UNSCALED, NOT_YET, "forgot_to_scale", "",
    ),
    "makes a file elsewhere": (f"open(ROOT + '/home/x', 'w')\n{RIGHT}", NOT_RUN, "", "raised PermissionError"),
}  # fmt: skip
