"""The command line: ``jinwei score | plan | check | check-data | migrate | import | export | …``.

Commands import what they need when they run, so that a small case answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from jinwei import __version__
from jinwei.config.collector import collect_seldom
from jinwei.engine.faults import EN, LANGUAGES, ZH

BAD_INPUT: Final = 2
"""Exit status on bad input: a list of faults, never a traceback."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0, or 2 on bad input."""
    options = _parser().parse_args(arguments)
    collect_seldom()
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # The reader (head, less) has gone; that is no fault of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _language() -> str:
    """Chinese, unless ``JINWEI_LANG`` says English."""
    named = os.environ.get("JINWEI_LANG", "")[:2]
    return named if named in LANGUAGES else ZH


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=_language(),
        help="zh 中文（默认），en English; default from JINWEI_LANG",
    )
    parser = argparse.ArgumentParser(
        prog="jinwei",
        description="晋位：标准写成数据，台账算出得分，每个数字都能说明来由。"
        " Standards as data, scores from ledgers, every figure explained.",
    )
    parser.add_argument("--version", action="version", version=f"jinwei {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_score(commands, common)
    _add_plan(commands, common)
    _add_checks(commands, common)
    _add_demo(commands, common)
    _add_house(commands, common)
    _add_people(commands, common)
    return parser


if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]
_STANDARD: Final = "标准：YAML 文件，或随附标准的标识 (YAML file, or id of a shipped one)"
_DATASET: Final = "数据：YAML、xlsx，或 CSV/Parquet 文件夹 (or folder of CSV/Parquet)"
_DATE: Final = "YYYY-MM-DD"


def _add_score(commands: _Commands, common: argparse.ArgumentParser) -> None:
    score = commands.add_parser(
        "score", parents=[common], help="计分并说明来由 (score, and explain)"
    )
    score.add_argument("standard", metavar="STANDARD", help=_STANDARD)
    score.add_argument("dataset", metavar="DATASET", help=_DATASET)
    score.add_argument("--as-of", required=True, metavar=_DATE, help="数据截至 (as known on)")
    score.add_argument("--period", metavar=_DATE, help="期间内任意一天 (any day in the period)")
    score.add_argument("--subject", metavar="CODE", help="只看一个组织或党员 (one subject)")
    score.add_argument("--explain", action="store_true", help="说明来由 (explain, to the row)")
    score.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PARAMETER=VALUE",
        help="设定参数，可多次 (set a parameter; repeatable)",
    )
    score.add_argument("--json", action="store_true", help="输出 JSON (plain results as JSON)")
    score.add_argument("--under", metavar="CODE", help="只列某组织之下 (one part of the tree)")
    score.add_argument("--all", action="store_true", help="列出全部 (list all, fold nothing)")
    score.add_argument(
        "--engine",
        choices=("sqlite", "duckdb", "postgres"),
        default="sqlite",
        help="计算引擎 (where it runs)",
    )
    score.add_argument(
        "--database",
        metavar="DSN",
        help="PostgreSQL 连接串，默认取 JINWEI_DATABASE (connection string for postgres)",
    )
    score.set_defaults(run=_score)


def _score(options: argparse.Namespace) -> int:
    from .score import run_score

    return run_score(options)


def _add_plan(commands: _Commands, common: argparse.ArgumentParser) -> None:
    plan = commands.add_parser(
        "plan", parents=[common], help="打印标准的计算计划 (print the plan of a standard)"
    )
    plan.add_argument("standard", metavar="STANDARD", help=_STANDARD)
    plan.add_argument("--set", action="append", default=[], metavar="PARAMETER=VALUE")
    plan.add_argument(
        "--sql",
        choices=("sqlite", "postgres", "duckdb"),
        help="附上该数据库的 SQL (with the SQL of a dialect)",
    )
    plan.add_argument("--one", action="store_true", help="单个对象的 SQL (SQL for one subject)")
    plan.add_argument("--as-of", metavar=_DATE)
    plan.set_defaults(run=_plan)


def _plan(options: argparse.Namespace) -> int:
    from .inspect import run_plan

    return run_plan(options)


def _add_checks(commands: _Commands, common: argparse.ArgumentParser) -> None:
    check = commands.add_parser(
        "check", parents=[common], help="检查标准，列出全部错误 (all faults of a standard)"
    )
    check.add_argument("standard", metavar="STANDARD", help=_STANDARD)
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=_check)
    data = commands.add_parser(
        "check-data", parents=[common], help="检查数据，列出全部错误 (all faults of a data set)"
    )
    data.add_argument("dataset", metavar="DATASET", help=_DATASET)
    data.add_argument("--json", action="store_true")
    data.set_defaults(run=_check_data)


def _check(options: argparse.Namespace) -> int:
    from .inspect import run_check

    return run_check(options)


def _check_data(options: argparse.Namespace) -> int:
    from .inspect import run_check_data

    return run_check_data(options)


def _add_demo(commands: _Commands, common: argparse.ArgumentParser) -> None:
    data = commands.add_parser(
        "demo-data", parents=[common], help="生成演示数据 (write a fictional data set)"
    )
    data.add_argument("--out", required=True, metavar="DIR", help="写到哪里 (where to)")
    data.add_argument("--seed", type=int, default=1)
    data.add_argument("--today", metavar=_DATE, help="台账记到哪一天，默认今天 (default: today)")
    data.add_argument(
        "--committee",
        action="store_true",
        help="只要一个党委：3 个总支、25 个支部、162 名党员 (the small one)",
    )
    _add_form(data)
    data.set_defaults(run=_demo_data)
    demo = commands.add_parser(
        "demo",
        parents=[common],
        help="演示：建好一个虚构城区的系统，打开网页 (an invented district, served here)",
    )
    demo.add_argument("--home", default="var/demo", metavar="DIR", help="放在哪里 (where it lives)")
    demo.add_argument("--reset", action="store_true", help="从头再造 (make it anew)")
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--committee", action="store_true", help="只要一个党委 (the small one)")
    demo.add_argument("--build-only", action="store_true", help="只造，不打开 (do not serve)")
    demo.add_argument("--host", default="127.0.0.1")
    demo.add_argument("--port", type=int, default=8000)
    demo.set_defaults(run=_demo)


def _demo_data(options: argparse.Namespace) -> int:
    from .demo import run_demo_data

    return run_demo_data(options)


def _demo(options: argparse.Namespace) -> int:
    from .demo import run_demo

    return run_demo(options)


def _add_form(command: argparse.ArgumentParser) -> None:
    command.add_argument("--form", choices=("csv", "parquet", "workbook", "yaml"), default="csv")
    command.add_argument("--headings", choices=(EN, ZH), default=EN, help="表头语言 (headings)")


def _add_house(commands: _Commands, common: argparse.ArgumentParser) -> None:
    migrate = commands.add_parser(
        "migrate", parents=[common], help="建立或更新数据库 (bring the database up to date)"
    )
    migrate.set_defaults(run=_migrate)
    enter = commands.add_parser(
        "import", parents=[common], help="把数据导入系统 (a data set into the installation)"
    )
    enter.add_argument("dataset", metavar="DATASET", help=_DATASET)
    enter.add_argument(
        "--replace", action="store_true", help="替换已有的全部数据 (in place of all data)"
    )
    enter.set_defaults(run=_import)
    export = commands.add_parser(
        "export", parents=[common], help="把系统里的数据写出来 (all data as a data set)"
    )
    export.add_argument("--out", required=True, metavar="DIR", help="写到哪里 (where to)")
    _add_form(export)
    export.set_defaults(run=_export)
    adopt = commands.add_parser(
        "adopt", parents=[common], help="让一个组织及其下级采用某标准 (let a subtree adopt one)"
    )
    adopt.add_argument("standard", metavar="STANDARD", help=_STANDARD)
    adopt.add_argument("--for", dest="organization", required=True, metavar="CODE")
    adopt.add_argument("--from", dest="from_on", metavar=_DATE, help="默认今年 1 月 1 日")
    adopt.add_argument("--set", action="append", default=[], metavar="PARAMETER=VALUE")
    adopt.add_argument(
        "--leading", action="store_true", help="由它给出得分和星级 (it gives score and stars)"
    )
    adopt.set_defaults(run=_adopt)
    reckon = commands.add_parser(
        "reckon", parents=[common], help="重新计算全部得分并存起来 (reckon and store all standings)"
    )
    reckon.add_argument("--as-of", metavar=_DATE, help="默认今天 (default: today)")
    reckon.set_defaults(run=_reckon)
    _add_serving(commands, common)
    rotate = commands.add_parser(
        "rotate-identity-keys",
        parents=[common],
        help="用最新的密钥重新封存身份号码 (seal identity numbers under the newest key)",
    )
    rotate.set_defaults(run=_rotate)
    whole = commands.add_parser(
        "check-record",
        parents=[common],
        help="核对操作记录是否被改动过 (whether the record of writes is whole)",
    )
    whole.set_defaults(run=_check_record)


def _add_serving(commands: _Commands, common: argparse.ArgumentParser) -> None:
    serve = commands.add_parser(
        "serve", parents=[common], help="打开网页和后台计算 (serve the pages and the background)"
    )
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--threads", type=int, default=8, help="同时处理几个请求 (at a time)")
    serve.add_argument(
        "--pages-only", action="store_true", help="不带后台计算 (the background is a service apart)"
    )
    serve.set_defaults(run=_serve)
    work = commands.add_parser(
        "work", parents=[common], help="只运行后台计算 (the background alone)"
    )
    work.add_argument("--beside", type=int, metavar="PID", help=argparse.SUPPRESS)
    work.set_defaults(run=_work)
    nightly = commands.add_parser(
        "nightly", parents=[common], help="把全部得分算到今天 (move all standings to today, once)"
    )
    nightly.set_defaults(run=_nightly)


def _serve(options: argparse.Namespace) -> int:
    from .serve import run_serve

    return run_serve(options)


def _work(options: argparse.Namespace) -> int:
    from .serve import run_work

    return run_work(options)


def _nightly(options: argparse.Namespace) -> int:
    from .serve import run_nightly

    return run_nightly(options)


def _migrate(options: argparse.Namespace) -> int:
    from .house import run_migrate

    return run_migrate(options)


def _import(options: argparse.Namespace) -> int:
    from .house import run_import

    return run_import(options)


def _export(options: argparse.Namespace) -> int:
    from .house import run_export

    return run_export(options)


def _adopt(options: argparse.Namespace) -> int:
    from .house import run_adopt

    return run_adopt(options)


def _reckon(options: argparse.Namespace) -> int:
    from .house import run_reckon

    return run_reckon(options)


def _rotate(options: argparse.Namespace) -> int:
    from .house import run_rotate

    return run_rotate(options)


def _check_record(options: argparse.Namespace) -> int:
    from .house import run_check_record

    return run_check_record(options)


def _add_people(commands: _Commands, common: argparse.ArgumentParser) -> None:
    first = commands.add_parser(
        "init", parents=[common], help="建第一个系统管理员 (make the first administrator)"
    )
    _add_account(first)
    first.add_argument("--for", dest="organization", metavar="CODE", help="管哪个组织 (of what)")
    first.add_argument("--root-code", metavar="CODE", help="没有组织时先建一个 (make a root first)")
    first.add_argument("--root-name", metavar="NAME")
    first.add_argument("--root-kind", metavar="KIND", default="work_committee")
    first.add_argument("--link", action="store_true", help="不在这里设密码，给链接 (show a link)")
    first.set_defaults(run=_init)
    invite = commands.add_parser(
        "invite", parents=[common], help="邀请一个人，给身份和链接 (an account with a role)"
    )
    _add_account(invite)
    invite.add_argument("--role", required=True, metavar="ROLE", help="身份 (administrator, …)")
    invite.add_argument("--for", dest="organization", required=True, metavar="CODE")
    invite.add_argument("--member", metavar="CODE", help="花名册上的哪一位 (who on the roster)")
    invite.set_defaults(run=_invite)
    reset = commands.add_parser(
        "reset-password", parents=[common], help="给一个新密码链接 (a link to a new password)"
    )
    reset.add_argument("name", metavar="NAME", help="账号 (name to sign in with)")
    _add_address(reset)
    reset.set_defaults(run=_reset)


def _add_account(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", metavar="NAME", help="账号 (name to sign in with)")
    command.add_argument("--shown-name", metavar="NAME", help="姓名 (name to show)")
    _add_address(command)


def _add_address(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--address",
        default="http://127.0.0.1:8000",
        metavar="URL",
        help="系统的网址，写进链接 (where the pages are)",
    )


def _init(options: argparse.Namespace) -> int:
    from .people import run_init

    return run_init(options)


def _invite(options: argparse.Namespace) -> int:
    from .people import run_invite

    return run_invite(options)


def _reset(options: argparse.Namespace) -> int:
    from .people import run_reset

    return run_reset(options)
