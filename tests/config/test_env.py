"""Readers of the environment take what is allowed and refuse the rest by name."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from jinwei.config import env


@pytest.mark.parametrize(
    ("value", "read"), [("1", True), ("TRUE", True), ("no", False), ("", True)]
)
def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, value: str, read: bool) -> None:
    monkeypatch.setenv("JINWEI_X", value)
    assert env.flag("JINWEI_X", True) is read


def test_a_bad_value_is_refused_with_its_name_and_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JINWEI_X", "-3")
    with pytest.raises(env.BadSetting, match=r"JINWEI_X is '-3'; allowed: 1, true"):
        env.flag("JINWEI_X", True)
    with pytest.raises(env.BadSetting, match="a whole number of at least 1"):
        env.whole("JINWEI_X", 5, least=1)
    with pytest.raises(env.BadSetting, match="allowed: a, b"):
        env.text("JINWEI_X", "a", ("a", "b"))


def test_a_time_zone_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.zone("JINWEI_X", "Asia/Shanghai") == "Asia/Shanghai"
    for wrong in ("Asia/Nowhere", "../etc/passwd", "Asia"):
        monkeypatch.setenv("JINWEI_X", wrong)
        with pytest.raises(env.BadSetting, match="a name like Asia/Shanghai"):
            env.zone("JINWEI_X", "Asia/Shanghai")


def test_words_stand_between_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JINWEI_X", " a.example , ,b.example")
    assert env.words("JINWEI_X", "") == ["a.example", "b.example"]


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("hush\n")
    monkeypatch.setenv("JINWEI_X_FILE", str(file))
    assert env.secret("JINWEI_X") == "hush"
    file.unlink()
    with pytest.raises(env.BadSetting, match=r"JINWEI_X_FILE.*a file that can be read"):
        env.secret("JINWEI_X")


def test_a_secret_nobody_gave_is_drawn_once(tmp_path: Path) -> None:
    file = tmp_path / "home" / "key"
    drawn = env.kept_secret("JINWEI_X", file)
    assert len(drawn) > 50
    assert env.kept_secret("JINWEI_X", file) == drawn
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_with_nothing_set_it_is_sqlite(tmp_path: Path) -> None:
    settings = env.database("JINWEI_X", tmp_path / "home" / "db.sqlite3")
    assert settings["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    "named",
    [
        "host=db.example port=5433 dbname=jinwei user=j password=p sslmode=require",
        "postgresql://j:p@db.example:5433/jinwei?sslmode=require",
    ],
)
def test_one_setting_names_postgres(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: str
) -> None:
    monkeypatch.setenv("JINWEI_X", named)
    settings = env.database("JINWEI_X", tmp_path / "unused")
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    found = [settings[key] for key in ("HOST", "PORT", "NAME", "USER", "PASSWORD")]
    assert found == ["db.example", "5433", "jinwei", "j", "p"]
    assert settings["OPTIONS"] == {"sslmode": "require", "options": "-c jit=off"}


@pytest.mark.parametrize("named", ["not a dsn, password=p", "host=db.example password=p"])
def test_a_bad_connection_string_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: str
) -> None:
    monkeypatch.setenv("JINWEI_X", named)
    with pytest.raises(env.BadSetting, match="JINWEI_X") as refused:
        env.database("JINWEI_X", tmp_path / "unused")
    assert "password" not in str(refused.value)
