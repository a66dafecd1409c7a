"""LibreOffice, to see that what the product writes is what people open."""

from __future__ import annotations

import shutil
import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import IN_CI


def reopened(content: bytes, folder: Path, name: str = "book", sheet: str = "") -> Any:
    """A sheet of a workbook (the first, if none is named) as LibreOffice understood it.

    Read back with openpyxl. Its absence skips on a desk and fails where everything must run.
    """
    program = shutil.which("soffice")
    if program is None:
        if IN_CI:
            pytest.fail("every test must run here: soffice is missing")
        pytest.skip("soffice is missing")
    given, there = folder / f"{name}.xlsx", folder / "there"
    profile = folder.parent / "soffice"  # one for all tests of a process: making it takes a second
    given.write_bytes(content)
    for kind, source in (("ods", given), ("xlsx", there / f"{name}.ods")):
        home = f"-env:UserInstallation={profile.as_uri()}"
        command = [program, home, "--headless", "--convert-to", kind, "--outdir", str(there)]
        subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    book = import_module("openpyxl").load_workbook(there / f"{name}.xlsx")
    return book[sheet] if sheet else book.worksheets[0]
