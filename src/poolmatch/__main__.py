"""``python -m poolmatch``."""

import sys

from poolmatch.cli import main

if __name__ == "__main__":
    sys.exit(main())
