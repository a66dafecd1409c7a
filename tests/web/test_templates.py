"""All templates: what must stand in each, and what may stand in none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import jinwei.web

ROOT = Path(jinwei.web.__file__).parent / "templates"
TEMPLATES = sorted(ROOT.rglob("*.html"))
BASES = ("base.html", "base_plain.html", "base_document.html")
PAGES = [path for path in TEMPLATES if not path.name.startswith("_") and path.name not in BASES]
_COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.S)
_TRANSLATED = re.compile(
    r"{% (blocktranslate|blocktrans)\b.*?{% end\1 %}|{% (?:translate|trans) .*?%}", re.S
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_COLOUR = re.compile(r"""["':\s](#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?)\b|\b(?:rgba?|hsl)\(""")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def markup(path: Path) -> str:
    return _COMMENT.sub("", path.read_text(encoding="utf-8"))


every = pytest.mark.parametrize("path", TEMPLATES, ids=name)
page = pytest.mark.parametrize("path", PAGES, ids=name)


@every
def test_it_can_be_read(path: Path) -> None:
    get_template(name(path))


@every
def test_style_and_script_stand_in_their_own_files(path: Path) -> None:
    text = markup(path)
    assert not re.search(r"\sstyle\s*=", text), "style goes into jinwei.css"
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "script goes into jinwei.js"
    assert not re.search(r"""[\s"']on[a-z]+\s*=""", text), "no handlers in attributes"
    assert "hx-on" not in text
    assert not re.search(r"""=\s*["']?\s*(?:javascript|js):""", text)


@every
def test_no_raw_colour(path: Path) -> None:
    addresses = re.sub(r"""(?:href|hx-target|hx-select)="#[\w-]+\"""", "", markup(path))
    assert not _COLOUR.search(addresses), "colours are tokens of jinwei.css"


@every
def test_chinese_stands_where_it_is_translated(path: Path) -> None:
    rest = re.sub(r"{%.*?%}|{{.*?}}", "", _TRANSLATED.sub("", markup(path)), flags=re.S)
    assert [line.strip() for line in rest.splitlines() if _HAN.search(line)] == []


@every
def test_nothing_comes_from_another_host(path: Path) -> None:
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", markup(path))


@every
def test_a_button_that_cannot_be_pressed_says_why(path: Path) -> None:
    for button in re.findall(r"<(?:button|input)\b[^>]*\sdisabled\b[^>]*>", markup(path)):
        assert "aria-describedby" in button or "data-reason" in button, button


@every
def test_pictures_speak_or_are_silent(path: Path) -> None:
    for drawing in re.findall(r"<svg\b[^>]*>", markup(path)):
        assert "aria-hidden" in drawing or "aria-label" in drawing, drawing


@every
def test_a_form_that_writes_carries_its_token(path: Path) -> None:
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", markup(path), re.S | re.I):
        assert "csrf_token" in form


@page
def test_a_page_stands_in_a_frame(path: Path) -> None:
    assert re.match(
        r'\s*{% extends "(base|base_plain|components/_drawer|[\w/]+/_?base)\.html" %}', markup(path)
    )
    assert "{% block title %}" in markup(path), "every page has a title of its own"


@page
def test_a_page_has_one_heading(path: Path) -> None:
    own = len(re.findall(r"<h1\b", headings(path)))
    in_frame = '{% extends "base.html" %}' in markup(path)
    if own == 0 and in_frame:
        assert "{% block head %}" not in markup(path), "the frame draws the head that the view made"
    elif "components/_drawer" not in markup(path):
        assert own == 1
        assert not in_frame or "{% block head %}" in markup(path), "two heads"


def headings(path: Path) -> str:
    """The markup with what it includes."""
    text = markup(path)
    for included in re.findall(r'{% include "([^"]+)"', text):
        inner = ROOT / included
        if inner.exists() and inner != path:
            text += headings(inner)
    return text


@every
def test_words_that_say_nothing_are_not_said(path: Path) -> None:
    text = markup(path)
    for word in ("暂无数据", "提交", "操作", "点击", "温馨提示", "未知错误", "！"):
        assert word not in text, word
