"""Fields of forms as the components draw them."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, RadioSelect


def parts_of(bound: BoundField) -> dict[str, Any]:
    """What a field is made of, its control knowing the help and the faults that belong to it."""
    widget = bound.field.widget
    help_id = f"{bound.auto_id}_helptext" if bound.help_text else ""
    error_id = f"{bound.auto_id}_error" if bound.errors else ""
    described_by = " ".join(filter(None, (help_id, error_id)))
    attrs = {"aria-describedby": described_by, "aria-invalid": "true" if bound.errors else ""}
    return {
        "bound": bound,
        "control": bound.as_widget(attrs={k: v for k, v in attrs.items() if v}),
        "grouped": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
        "tick": isinstance(widget, CheckboxInput),
        "help_id": help_id,
        "error_id": error_id,
        "described_by": described_by,
    }


def faults_of(form: BaseForm) -> list[tuple[str, str, str]]:
    """Address, label and message of every fault; those of the whole form have the message alone."""
    found: list[tuple[str, str, str]] = []
    order = [*form.fields, *(name for name in form.errors if name not in form.fields)]
    for name in order:
        messages = form.errors.get(name, ())
        bound = form[name] if name in form.fields else None
        target = (bound.id_for_label or bound.auto_id) if bound else ""
        label = str(bound.label) if bound else ""
        found.extend((target, label, str(message)) for message in messages)
    return found
