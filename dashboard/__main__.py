"""`python -m dashboard`: see `dashboard.commands.command_line`."""

import sys

from dashboard.commands.command_line import main

if __name__ == "__main__":
    sys.exit(main())
