"""``python -m jinwei`` is ``jinwei``."""

from jinwei.cli import main

raise SystemExit(main())
