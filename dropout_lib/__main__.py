"""`python -m dropout_lib` is the command dropout-course."""

import sys

from dropout_lib.course.command import main

sys.exit(main())
