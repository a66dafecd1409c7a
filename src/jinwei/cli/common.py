"""What the commands share: reading arguments, and saying faults."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from jinwei.datasets.dataset import Dataset
from jinwei.datasets.write import Form, Headings, write_dataset
from jinwei.engine.document import as_date
from jinwei.engine.faults import Fault, describe, nearest_name
from jinwei.engine.schema import Standard
from jinwei.engine.standard import load_standard
from jinwei.norms import shipped_standards, standard_path

from .words import Words


class BadInput(Exception):
    """An argument that cannot be; the message is for the person who typed it."""


def console() -> Console:
    """Colour on a terminal, plain text in a pipe; a pipe is not cut to 80 columns."""
    found = Console(highlight=False, emoji=False)
    return found if found.is_terminal else Console(highlight=False, emoji=False, width=200)


def read_day(say: Words, text: str | None, default: dt.date | None = None) -> dt.date:
    if text is None and default is not None:
        return default
    day = as_date(text)
    if day is None:
        raise BadInput(say("bad_date", found=text))
    return day


def read_settings(say: Words, entries: Sequence[str]) -> dict[str, str]:
    settings = {}
    for entry in entries:
        name, equals, value = entry.partition("=")
        if not (name and equals and value):
            raise BadInput(say("bad_setting", found=entry))
        settings[name.strip()] = value.strip()
    return settings


def read_named_standard(say: Words, name: str, settings: dict[str, str] | None = None) -> Standard:
    """A standard by file or shipped id. Raises :class:`StandardRefused`."""
    path = standard_path(name)
    if not path.exists() and path.suffix not in (".yaml", ".yml"):
        ids = list(shipped_standards())
        close = nearest_name(name, ids)
        nearest = say("did_you_mean", name=close) if close else ""
        shipped = say.comma.join(ids)
        raise BadInput(say("unknown_standard", name=name, nearest=nearest, ids=shipped))
    return load_standard(path, settings)


def say_faults(say: Words, faults: Sequence[Fault], as_json: bool = False) -> int:
    """Print all faults and give back the exit status of bad input."""
    if as_json:
        print_json([fault.as_dict(say.language) for fault in faults])
        return 2
    print(say("faults", n=len(faults)), file=sys.stderr)
    for fault in faults:
        print(describe(fault, say.language), file=sys.stderr)
    return 2


def say_bad(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


def print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def write_into(say: Words, dataset: Dataset, folder: Path, form: Form, headings: Headings) -> str:
    """Write a data set into an empty folder, and say so.

    CSV and Parquet fill the folder; a workbook or YAML stands in it.
    """
    names = {"workbook": "dataset.xlsx", "yaml": "dataset.yaml"}
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(say("folder_taken", path=folder))
    path = folder
    if form in names:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / names[form]
    write_dataset(dataset, path, form=form, headings=headings)
    rows = sum(len(rows) for rows in dataset.tables.values())
    return say("written", rows=f"{rows:,}", path=path)
