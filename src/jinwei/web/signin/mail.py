"""Mail with links to choose a password; sent beside the request, so that its time tells nothing."""

from __future__ import annotations

import datetime as dt
import logging
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jinwei.accounts.models import Account, normal_name
from jinwei.accounts.tokens import TokenPurpose, make_token

log = logging.getLogger("jinwei.web")

_PAUSE: Final = dt.timedelta(minutes=10)
"""So long after one mail the next may be asked for."""
_post = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def mail_reset(name: str, request: HttpRequest) -> None:
    """Send a link to whoever has this name, if there is an open account with an address."""
    account = Account.objects.filter(name=normal_name(name), is_active=True).exclude(email="")
    found = account.filter(locked_at=None).first()
    if found is None or _asked_of_late(found):
        return
    secret = make_token(found, TokenPurpose.RESET, replacing=False)
    link = link_to(request, TokenPurpose.RESET, secret)
    send(
        found,
        _("晋位：重新设定密码"),
        _(
            "%(name)s：\n\n请在一天内打开下面的地址，重新设定密码：\n%(link)s\n\n如果不是您要改密码，可以不理这封信。"
        )
        % {"name": found, "link": link},
    )


def mail_invitation(account: Account, link: str) -> bool:
    """Send an invitation by mail, where mail is set up and an address is known."""
    if not settings.EMAIL_HOST or not account.email:
        return False
    send(
        account,
        _("晋位：请设定密码"),
        _("%(name)s：\n\n您的账号是 %(account)s。请在七天内打开下面的地址，设定密码：\n%(link)s")
        % {"name": account, "account": account.name, "link": link},
    )
    return True


def link_to(request: HttpRequest, purpose: TokenPurpose, secret: str) -> str:
    """The whole address where a password is chosen."""
    name = "signin:invitation" if purpose is TokenPurpose.INVITATION else "signin:reset"
    return request.build_absolute_uri(reverse(name, args=[secret]))


def send(account: Account, subject: str, text: str) -> Future[None]:
    """Send one mail; what goes wrong is for the log."""
    return _post.submit(_send, EmailMessage(subject, text, to=[account.email]))


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except OSError:
        log.exception("no mail was sent")


def _asked_of_late(account: Account) -> bool:
    since = timezone.now() - _PAUSE
    return account.tokens.filter(purpose=TokenPurpose.RESET, made_at__gt=since).exists()
