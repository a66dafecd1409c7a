"""The words of the terminal, in Chinese and English, one place each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from jinwei.wording.words import TEXTS
from jinwei.wording.words import Words as WordsOfFigures

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "organization": ("组织", "Organization"),
    "member": ("党员", "Member"),
    "code": ("代码", "Code"),
    "score": ("得分", "Score"),
    "potential": ("届满可达", "Potential"),
    "stars": ("星级", "Stars"),
    "grade": ("等次", "Grade"),
    "missed_count": ("已失分项", "Missed"),
    "awaiting_count": ("待评定项", "Awaiting"),
    "median_score": ("中位得分", "Median score"),
    "median_potential": ("中位可达", "Median potential"),
    "stars_of_all": ("星级分布", "Stars"),
    "count": ("个数", "Count"),
    "missed_in_all": ("失分项合计", "Missed in all"),
    "awaiting_in_all": ("待评定合计", "Awaiting in all"),
    "basis": (
        "{title}（{version}） · 期间 {first} 至 {last} · 数据截至 {as_of}",
        "{title} ({version}) · period {first} to {last} · data as of {as_of}",
    ),
    "no_subjects": (
        "这一天没有适用本标准的组织或党员。",
        "On this day the standard applies to nobody.",
    ),
    "no_subject": (
        "“{code}”在 {as_of} 不适用本标准，或者没有这个代码。",
        "“{code}” is no subject of this standard on {as_of}, or there is no such code.",
    ),
    "folded": (
        "下级已合并显示，用 --under {code} 展开一个，用 --all 全部列出。",
        "Organizations below are folded; --under {code} opens one, --all lists all.",
    ),
    "summary": (
        "得分 {score}，届满可达 {potential}，{stars}。{missed} 项已失分，{awaiting} 项待评定。",
        "Score {score}, potential {potential}, {stars}. {missed} missed, {awaiting} awaiting.",
    ),
    "summary_sum": (
        "积分 {score}。{missed} 项已失分，{awaiting} 项待评定。",
        "{score} points. {missed} missed, {awaiting} awaiting.",
    ),
    "first_to_do": ("先办这几件", "Do these first"),
    "todo": (
        "{worth:>6} 分  {by}  {id} {title}{window}",
        "{worth:>6} points  {by}  {id} {title}{window}",
    ),
    "at_once": ("现在", "now"),
    "faults": ("{n} 处错误：", "Faults: {n}"),
    "standard_ok": (
        "{title}（{id} {version}）没有错误：{dimensions} 个方面，{indicators} 项指标。",
        "{title} ({id} {version}) has no fault: {dimensions} dimensions, {indicators} indicators.",
    ),
    "dataset_ok": ("数据没有错误：{tables}。", "The data set has no fault: {tables}."),
    "unknown_standard": (
        "没有“{name}”这个标准：没有这个文件，也不是随附标准。{nearest}随附的有：{ids}。",
        "There is no standard “{name}”: no such file, nor a shipped one. {nearest}Shipped: {ids}.",
    ),
    "did_you_mean": ("您要写的也许是 {name}。", "Did you mean {name}? "),
    "nothing_yet": (
        "这个期间还没有到期的项目。要看以前的期间，请用 --period 写明其中任意一天。",
        "Nothing is due yet in this period. For an earlier one name any day in it with --period.",
    ),
    "making": ("正在生成演示数据……", "Making the demo data …"),
    "filling": ("正在写入数据库……", "Filling the database …"),
    "scoring": ("正在计分……", "Scoring …"),
    "no_demo_there": (
        "“{path}”里有别的文件，不是演示数据，没有动它。请用 --home 换一个文件夹。",
        "“{path}” holds other files and no demo; it was left alone. Name another with --home.",
    ),
    "bad_date": (
        "“{found}”不是日期，请写成 2026-03-31 这样。",
        "“{found}” is no date; write it like 2026-03-31.",
    ),
    "bad_setting": (
        "“{found}”应当写成 参数=数，例如 fund_floor=800。",
        "“{found}” must be PARAMETER=NUMBER, for example fund_floor=800.",
    ),
    "still_referred": (
        "没有导入：有的组织采用了标准，新数据里却没有它。系统里的数据没有变。",
        (
            "Nothing was imported: an organization that adopted a standard is missing from the new"
            " data. The installation is as it was."
        ),
    ),
    "already_leads": (
        "那里已由“{adoption}”给出得分，而且不早于这一天开始；请用 --from 写更晚的日期。",
        "“{adoption}” leads there and does not begin earlier; name a later day with --from.",
    ),
    "edition_taken": (
        "{edition} 已经安装，文本却不一样；改了标准请换一个版本号（version）。",
        "{edition} is installed with another text; a changed standard needs a new version.",
    ),
    "adopted": (
        "{code} 及其下级已采用《{title}》{version}。",
        "{code} and all below it now work to “{title}” {version}.",
    ),
    "nothing_adopted": (
        "还没有采用任何标准，请先运行 jinwei adopt。",
        "No standard is adopted yet; run jinwei adopt first.",
    ),
    "reckoned": ("{adoption}：{n} 个，变动 {changed} 个", "{adoption}: {n}, {changed} changed"),
    "earlier_day": (
        "{adoption} 已经算到更晚的日子，不能再退回 {as_of}。",
        "{adoption} is reckoned to a later day; it does not go back to {as_of}.",
    ),
    "unknown_organization": ("没有组织“{code}”。", "There is no organization “{code}”."),
    "folder_taken": (
        "“{path}”里已经有文件，请换一个空文件夹。",
        "“{path}” holds files already; choose an empty folder.",
    ),
    "no_database": (
        "用 PostgreSQL 计算时，请用 --database 或环境变量 {variable} 写明连接串。",
        "To score in PostgreSQL, name a connection string with --database or {variable}.",
    ),
    "database_away": ("连不上数据库：{reason}", "The database cannot be reached: {reason}"),
    "bad_env": (
        "设置 {name} 的值“{value}”不行，可以用：{allowed}。",
        "The setting {name} cannot be “{value}”; allowed: {allowed}.",
    ),
    "migrated": ("数据库已是最新。", "The database is up to date."),
    "not_migrated": (
        "数据库还没有更新，请先运行 jinwei migrate。",
        "The database is not up to date; run jinwei migrate first.",
    ),
    "serving": ("网页已打开：{url}（按 Ctrl-C 停止）", "Serving {url} (stop with Ctrl-C)"),
    "demo_here_only": (
        "演示不用密码就能进入，只能在本机打开：--host 请用 127.0.0.1，不能用 {host}。",
        "A demo lets anybody in without a password: use --host 127.0.0.1, not {host}.",
    ),
    "cannot_listen": (
        "不能在 {host} 的 {port} 端口打开网页（{reason}）；可以用 --port 换一个端口。",
        "Cannot serve on {host}, port {port} ({reason}); --port names another one.",
    ),
    "background_again": ("后台计算中断，已重新开始。", "The background had ended; started again."),
    "nightly": (
        "全部得分已算到 {as_of}：{n} 个，变动 {changed} 个。",
        "All standings are as of {as_of}: {n}, {changed} changed.",
    ),
    "not_empty": (
        "系统里已经有数据。要用新数据全部替换，请加 --replace。",
        "The installation holds data already; --replace puts the new data in its place.",
    ),
    "import_cut_off": (
        "上一次导入中途断了，数据不全，页面上看不到；请加上 --replace 重新导入。",
        "The last import was cut off and nobody sees its rows; import again with --replace.",
    ),
    "imported": ("已导入 {rows} 行。", "{rows} rows imported."),
    "identity_numbers_left_out": (
        "{n} 个公民身份号码没有导入：",
        "{n} identity numbers were left out:",
    ),
    "identity_number": (
        "党员表第 {row} 行（{member}）：{fault}",
        "members, row {row} ({member}): {fault}",
    ),
    "rotated": (
        "{n} 个公民身份号码已改用最新的密钥封存。",
        "{n} identity numbers are now sealed under the newest key.",
    ),
    "unreadable": (
        "{n} 名党员的号码读不出来，封存它们的密钥不在了：{codes}。请先把旧密钥放回去。",
        (
            "The numbers of {n} members cannot be read, the key that sealed them is gone: {codes}."
            " Put the old key back first."
        ),
    ),
    "administrator_exists": (
        (
            "已经有系统管理员“{name}”。忘了密码请用 jinwei reset-password {name}，"
            "加人请用 jinwei invite。"
        ),
        (
            "There is an administrator already: {name}. For a forgotten password run"
            " jinwei reset-password {name}, for more people jinwei invite."
        ),
    ),
    "administrator_made": (
        "已建系统管理员“{name}”，管“{organization}”及其下级。",
        "“{name}” is now administrator of “{organization}” and all below it.",
    ),
    "first_link": (
        "请在七天内打开下面的链接设密码，只能用一次：\n{link}",
        "Open this link within seven days to choose a password; it works once:\n{link}",
    ),
    "sign_in_at": (
        "运行 jinwei serve 后在 {address} 登录。",
        "Run jinwei serve and sign in at {address}.",
    ),
    "several_roots": (
        "有几个组织没有上级（{codes}），请用 --for 写明管哪一个。",
        "Several organizations have none above them ({codes}); name one with --for.",
    ),
    "bad_kind": ("组织类别可以是：{kinds}。", "An organization may be: {kinds}."),
    "bad_role": ("身份可以是：{roles}。", "A role may be: {roles}."),
    "ask_root_name": (
        "最上级组织的名称，例如“市直机关工委”：",
        "Name of the organization at the top: ",
    ),
    "ask_root_code": ("它的代码，例如 GW：", "Its code, for example GW: "),
    "ask_name": ("账号（登录时填的名字）：", "Name to sign in with: "),
    "ask_shown_name": ("姓名：", "Name to show: "),
    "ask_password": (
        "密码（至少 10 个字符，不显示）：",
        "Password (10 characters or more, hidden): ",
    ),
    "ask_password_again": ("再填一次：", "Once more: "),
    "passwords_differ": (
        "两次填的密码不一样，什么也没有建。",
        "The two passwords differ; nothing was made.",
    ),
    "weak_password": ("这个密码不行：{why}", "This password will not do: {why}"),
    "no_answer": ("没有回答，什么也没有建。", "No answer; nothing was made."),
    "option_wanted": ("请写明 {option}。", "{option} is needed."),
    "invited": (
        "已建账号“{name}”。请把链接交给本人，七天内有效，只能用一次：\n{link}",
        "“{name}” is invited. Hand over this link; it works once, for seven days:\n{link}",
    ),
    "record_whole": (
        "已核对 {n} 次封存，操作记录和封存时一样；还有 {waiting} 条等着封存。",
        "{n} seals checked: the record is what it was when sealed; {waiting} entries await a seal.",
    ),
    "record_broken": (
        "第 {first} 到第 {last} 条操作记录和封存时不一样：有人绕过系统改动或删除过。",
        "Entries {first} to {last} are not what they were when sealed: they were tampered with.",
    ),
    "first_link_again": (
        "“{name}”还没有设过密码。请把链接交给本人，七天内有效，只能用一次：\n{link}",
        "“{name}” has no password yet. Hand this link over; it works once, for seven days:\n{link}",
    ),
    "reset_link": (
        "请把链接交给“{name}”本人，一天内有效，只能用一次：\n{link}",
        "Hand this link over to “{name}”; it works once, for a day:\n{link}",
    ),
    "unknown_account": ("没有账号“{name}”。", "There is no account “{name}”."),
    "account_closed": (
        "账号“{name}”已停用，请先在“设置”的“账号”里重新启用。",
        "“{name}” is closed; open it again under Settings, Accounts first.",
    ),
    "name_taken": ("账号“{name}”已经有人用。", "The name “{name}” is taken."),
    "unknown_member": ("没有编号为“{code}”的党员。", "There is no member “{code}”."),
    "member_taken": (
        "党员“{code}”已经有账号“{name}”。",
        "Member “{code}” has the account “{name}” already.",
    ),
    "member_wanted": (
        "“党员”身份只看本人的记录，请用 --member 写明是哪一位。",
        "A member sees the own record alone; name the person with --member.",
    ),
    "nothing_to_export": ("系统里还没有数据。", "The installation holds no data yet."),
    "written": ("已写出 {rows} 行到 {path}", "{rows} rows written to {path}"),
}


class Words(WordsOfFigures):
    """Says in one language what a terminal says, beside what is said of figures everywhere."""

    __slots__ = ()

    texts: ClassVar[Mapping[str, tuple[str, str]]] = {**TEXTS, **_WORDS}
