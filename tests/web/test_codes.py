"""Codes that came with a data set stand in addresses, whatever is in them."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import resolve, reverse

from jinwei.accounts.models import Account, Role
from jinwei.datasets.dataset import Dataset
from jinwei.ledgers.portable import import_dataset
from jinwei.web.codes import Code

from .conftest import COMMITTEE, small_dataset

ODD = ("机关/1", "TJ/01#2", "a~b", "..", "~2F", "a b?c%d")


@pytest.mark.parametrize("code", [*ODD, "TJ01"])
def test_a_code_comes_back_from_an_address_as_it_was(code: str) -> None:
    written = Code().to_url(code)
    assert "/" not in written
    assert Code().to_python(written) == code
    sent = unquote(reverse("organization:standing", args=(code,)))
    assert resolve(sent).kwargs == {"org": code}


def test_plain_codes_are_written_as_they_are() -> None:
    assert reverse("members:member", args=("TJ01", "P1")) == "/members/TJ01/P1/"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["机关/1", "TJ/01#2"])
def test_pages_of_an_organization_with_such_a_code_open(code: str) -> None:
    tables = dict(small_dataset().tables)
    renamed = {COMMITTEE: code}
    tables["organization"] = [
        tuple(renamed.get(cell, cell) if isinstance(cell, str) else cell for cell in row)
        for row in tables["organization"]
    ]
    import_dataset(Dataset(tables))
    account = Account.objects.create_account("staff", "a good password", shown_name="吴某")
    Role.objects.create(account=account, role="staff", organization_id=code)
    client = Client()
    client.force_login(account)
    names = ("organization:standing", "organization:profile", "ledgers:tables", "members:roster")
    for name in names:
        page = client.get(reverse(name, args=(code,)))
        assert page.status_code == 200, name
    assert client.get("/", follow=True).status_code == 200
