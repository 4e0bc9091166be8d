"""`python -m dashboard`: see `dashboard.command_line`."""

import sys

from dashboard.command_line import main

if __name__ == "__main__":
    sys.exit(main())
