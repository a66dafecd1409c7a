"""Saving an event once, saying what it changed, and taking it back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.accounts.access import Access
from jinwei.accounts.acts import Act
from jinwei.ledgers.attachments import attach
from jinwei.ledgers.changes import withdraw_all
from jinwei.ledgers.drafts import begin_once, can_undo, drop_draft
from jinwei.ledgers.models import Meeting, Submission
from jinwei.organizations.models import Organization
from jinwei.web.templatetags.jinwei import points
from jinwei.wording.words import Words

from .effects import Effects, Looker
from .event import Event


@dataclass(frozen=True, slots=True)
class Saved:
    submission: Submission
    effects: Effects


class TooLate(Exception):
    """What was saved cannot be taken back with one press any more."""


@transaction.atomic
def save_event(
    access: Access,
    event: Event,
    files: Sequence[UploadedFile[Any]],
    token: uuid.UUID,
    values: Mapping[str, Sequence[str]],
    say: Words,
) -> Saved:
    """All meetings of an event with who came and their papers, or nothing.

    Raises :class:`jinwei.ledgers.drafts.SentBefore` for a form that was saved already.
    """
    organization, account = event.organization, access.account
    submission = begin_once(account.pk, organization.code, token, values)
    rows: list[Meeting] = []

    def write() -> None:
        rows.extend(event.enter(access.actor))

    found = Looker(organization, access.day).around(write, event.held_on, say)
    for row in rows:
        if files:
            attach(
                files,
                table="meeting",
                row_id=row.row_id,
                organization=organization.code,
                by=access.actor,
            )
    submission.rows = [row.code for row in rows]
    submission.save(update_fields=["rows"])
    drop_draft(account.pk, token)
    return Saved(submission, found)


def told(saved: Saved, say: Words) -> str:
    """What was saved, and what became of indicators and score."""
    n = len(saved.submission.rows)
    sentences = [ngettext("已保存 %(n)d 条记录。", "已保存 %(n)d 条记录。", n) % {"n": n}]
    found = saved.effects
    moved = [one for one in found.served if one.earned != one.earned_before]
    kept = [one for one in found.served if one not in moved and one.secured > 0]
    changes = [
        _("%(id)s %(before)s → %(now)s")
        % {"id": one.id, "before": points(one.earned_before), "now": points(one.earned)}
        for one in moved
    ]
    changes += [
        _("%(id)s 到期不失 %(points)s 分") % {"id": one.id, "points": points(one.secured)}
        for one in kept
    ]
    if changes:
        sentences.append(_("%(changes)s。") % {"changes": _("，").join(changes)})
    if found.score is not None and found.score != found.score_before:
        said = {"before": points(found.score_before), "now": points(found.score)}
        sentences.append(_("得分 %(before)s → %(now)s。") % said)
    elif found.score is not None:
        sentences.append(_("得分 %(now)s，没有变化。") % {"now": points(found.score)})
    return (" " if say.english else "").join(sentences)


@transaction.atomic
def undo(access: Access, organization: Organization, submission: Submission, say: Words) -> Saved:
    """Withdraw everything one sending of the form made.

    Raises :class:`TooLate`, and what :func:`jinwei.ledgers.changes.withdraw_all` raises where
    somebody has corrected or withdrawn one of the records meanwhile; then all of them stay.
    """
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    if not can_undo(locked, timezone.now()):
        raise TooLate
    rows = list(
        access.rows(Meeting, Act.RECORD, withdrawn=True)
        .filter(organization=organization, code__in=locked.rows)
        .order_by("pk")
    )
    day = max((row.held_on for row in rows if row.held_on), default=access.day)

    def write() -> None:
        seen = [(row, 1) for row in rows]
        withdraw_all(seen, by=access.actor, reason=_("保存后 30 分钟内撤回"))

    found = Looker(organization, access.day).around(write, day, say)
    locked.withdrawn_at = timezone.now()
    locked.save(update_fields=["withdrawn_at"])
    return Saved(locked, found)


def told_undone(saved: Saved) -> str:
    n, found = len(saved.submission.rows), saved.effects
    text = ngettext("已撤回 %(n)d 条记录。", "已撤回 %(n)d 条记录。", n) % {"n": n}
    if found.score is None or found.score == found.score_before:
        return text
    said = {"text": text, "before": points(found.score_before), "now": points(found.score)}
    return _("%(text)s得分 %(before)s → %(now)s。") % said
