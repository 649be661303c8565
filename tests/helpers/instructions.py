"""NumPy without its wider vector instructions, as on an older machine."""

import json
import os
import subprocess
import sys


def wide_instructions(python=sys.executable, **environment):
    """List the vector instructions beyond the baseline that NumPy finds and uses in a fresh process."""
    code = "import json, numpy; print(json.dumps(numpy.show_config(mode='dicts')['SIMD Extensions'].get('found', [])))"
    done = subprocess.run(
        [python, "-c", code], env=os.environ | environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def narrow(python=sys.executable):
    """Give the environment that switches NumPy's wider vector instructions off, after seeing that it does."""
    found = wide_instructions(python)
    settings = {"NPY_DISABLE_CPU_FEATURES": " ".join(found)}
    left = wide_instructions(python, **settings)
    assert set(left) < set(found), f"Nothing was switched off: NumPy found {found}, and still finds {left}."
    return settings
