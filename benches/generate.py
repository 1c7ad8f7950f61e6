#!/usr/bin/env python3
"""One synthetic disclosure site of N notices, written twice.

DIR/mingbai/content is a register for mingbai, DIR/hugo the same notices as a Hugo site: same
titles, days, amounts, Markdown and lists. The register also has what only mingbai understands:
eight funds as records, and lists of made-up people whose names, identity numbers, telephones and
cards must not reach the site. Same N and seed, same bytes. Nothing in it is about anyone: the
region 99xxxx and the numbers 1990000xxxx are assigned to nobody.
"""

import argparse
import datetime
import pathlib
import random
import shutil
from dataclasses import dataclass

SITE = "岚县示范惠民公开"
PUBLISHER = "岚县示范农业农村局"
BASE_URL = "https://bench.example.org"
AS_OF = "2026-01-05"
COUNTY = 990100
SEED = 20261122

# The value in the register, the words on the page.
CATEGORIES = [
    ("project", "项目实施"), ("fund", "资金分配"), ("relief", "社会救助"),
    ("subsidy", "补助补贴"), ("completion", "项目完工验收"), ("asset", "资产和收益"),
]
# The id, the name, the level in the register.
FUNDS = [
    ("zy", "中央衔接补助", "central"), ("sj", "省级衔接补助", "provincial"),
    ("xj", "县级配套", "county"), ("yiyi", "一事一议奖补", "county"),
    ("chanye", "产业发展专项", "provincial"), ("juanzeng", "社会捐赠", "donation"),
    ("xiezuo", "东西部协作", "east-west"), ("jiti", "村集体收入", "collective"),
]
YEARS = range(2020, 2026)
VILLAGE_NAMES = "松 竹 梅 兰 桃 李 桂 枫 柏 榆 荷 菊 槐 棠 杏 茶".split()
LAND_NAMES = "湾 岭 坪 溪 坡 塘 垭 坝 冲 洼 沟 梁 屯 寨 埠 畈".split()
WORKS = [
    "入户道路硬化", "灌溉水渠维修", "人饮管网延伸", "产业路拓宽", "路灯安装",
    "文化广场修缮", "垃圾收集点建设", "机耕桥重建",
]
FAMILY_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
# Given names of listed people begin with a character that no other text here uses.
GIVEN_MARK = "例"
GIVEN_NAMES = "安邦成达恩丰光和佳康乐明宁平庆仁"
SENTENCES = [
    "本次公示依据上级文件和村民代表会议决议,由村委会提出,乡镇审核,县级主管部门备案,资料存放在村便民服务点,随时可以查阅。",
    "资金实行专账管理,按进度拨付,任何单位和个人不得截留、挤占或者挪用,年底由县财政和审计部门一并检查。",
    "施工期间由村民监督小组轮流到场,隐蔽工程当场拍照留存,完工以后由乡镇组织验收,验收意见另行公告。",
    "对公示内容有不同意见的,可以打电话、写信或者当面反映,收到以后两个工作日内答复是否受理,十五个工作日内答复结果。",
    "建成的设施归村集体所有,由村里确定管护人员和经费来源,每半年检查一次,检查情况在公示栏张贴。",
    "表中只列公开所需的内容,姓名隐去一字,不列证件、电话和银行账号;需要核对的,请本人持证件到村委会查询。",
]


@dataclass(frozen=True)
class Village:
    """A village and its township."""

    code: str
    name: str
    township: str


@dataclass(frozen=True)
class Notice:
    """A notice, before it is written in either form."""

    id: str
    title: str
    village: Village
    day: datetime.date
    category: tuple
    fund: tuple
    amount: str
    body: str
    grant: str


def villages(count):
    """Returns the villages: twenty to a township, names all different."""
    made = []
    for at in range(count):
        township = COUNTY + 1 + at // 20
        name = VILLAGE_NAMES[at % 16] + LAND_NAMES[at // 16 % 16] + f"{at + 1}村"
        made.append(Village(f"{township}{at % 20 + 1:03d}", name, str(township)))
    return made


def body(dice, village, fund, amount):
    """Returns the prose of a notice: two levels, a table of ten rows, a list, a link."""
    first, second, third, fourth = dice.sample(SENTENCES, 4)
    rows = "".join(
        f"| {row} | {dice.choice(FAMILY_NAMES)}某{dice.choice(GIVEN_NAMES)} | {dice.randint(1, 12)}组 "
        f"| {dice.randint(1, 7)} | {dice.randint(80, 9000)}.00 | {dice.choice(('通过', '通过', '待复核'))} |\n"
        for row in range(1, 11)
    )
    return (
        f"## 为什么公示\n\n{first}\n\n{second}\n\n## 公示的内容\n\n"
        f"**{village.name}** 这一批共 10 户,资金来自*{fund}*,合计 {amount},逐户如下:\n\n"
        f"| 序号 | 户主 | 村民组 | 人数 | 金额 | 评议 |\n| ---: | --- | --- | ---: | ---: | --- |\n{rows}\n"
        f"## 怎样提意见\n\n1. 监督电话 12317\n2. 写信到{village.name}村务监督委员会\n"
        f"3. 办事指南见[政务服务网](https://example.org/guide)\n\n{third}\n\n{fourth}\n"
    )


def notices(count, places, grants, dice):
    """Yields the notices; the first ones are about the lists of people and still hang on AS_OF."""
    for at in range(count):
        village = places[at % len(places)]
        category, fund = dice.choice(CATEGORIES), dice.choice(FUNDS)
        day = datetime.date(dice.choice(YEARS), 1, 1) + datetime.timedelta(dice.randrange(360))
        grant = grants[at] if at < len(grants) else ""
        if grant:
            # Ten days, both ends counted: to AS_OF.
            day = datetime.date(2025, 12, 27)
        amount = f"{dice.randint(600, 4_800_000)}.00元"
        title = f"{village.name}{day.year}年{dice.choice(WORKS)}{category[1]}第{at % 991 + 1}号公示"
        yield Notice(
            f"n{at:06d}", title, village, day, category, fund, amount,
            body(dice, village, fund[1], amount), grant,
        )


def identity_number(dice, number):
    """Returns an identity number of a region that does not exist, with its right check digit."""
    born = datetime.date(1950, 1, 1) + datetime.timedelta(dice.randrange(18_000))
    digits = f"{990000 + number % 90 + 1}{born:%Y%m%d}{number % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights))
    return digits + "10X98765432"[total % 11]


def grant(at, people, village, dice):
    """Returns a list of made-up people as a record: name, identity number, telephone, amount."""
    entries, total = [], 0
    for row in range(people):
        number = at * people + row
        name = FAMILY_NAMES[number % 16] + GIVEN_MARK + GIVEN_NAMES[number // 16 % 16] + GIVEN_NAMES[number // 256 % 16]
        amount = dice.randint(3, 40) * 50
        total += amount
        entries.append(
            f'  {{ name = "{name}", id_number = "{identity_number(dice, number)}", '
            f'phone = "1990000{1000 + number}", village = "{village.code}", amount = "{amount}元" }},\n'
        )
    return (
        f'id = "g{at:03d}"\ntitle = "{village.name}2025年到户补助第{at + 1}批"\nplace = "{village.code}"\n'
        'formed_on = 2025-12-22\npublished_on = 2025-12-27\nyear = "2025"\ncategory = "measure"\n'
        f'scheme = "2025年到户补助"\ntotal = "{total}元"\nhouseholds = {people}\n\n'
        f'entries = [\n{"".join(entries)}]\n'
    )


def write(path, text):
    """Writes one file."""
    path.write_text(text, encoding="utf-8", newline="\n")


class Register:
    """The site as mingbai reads it."""

    def __init__(self, root, places):
        self.root = root / "mingbai" / "content"
        for folder in ["kinds", "funds", "grants", *(f"notices/{year}" for year in YEARS)]:
            (self.root / folder).mkdir(parents=True)
        write(self.root / "site.toml", (
            f'title = "{SITE}"\npublisher = "{PUBLISHER}"\nbase_url = "{BASE_URL}"\n'
            f'description = "为测量而造的台账,全部内容都是虚构的。"\nas_of = {AS_OF}\nplace = "{COUNTY}"\n\n'
            '[contact]\nhotlines = ["12317"]\n'
        ))
        townships = sorted({village.township for village in places})
        lines = [(str(COUNTY), "岚县示范县", "county", "")]
        lines += [(code, f"第{at + 1}镇", "township", str(COUNTY)) for at, code in enumerate(townships)]
        lines += [(village.code, village.name, "village", village.township) for village in places]
        write(self.root / "places.toml", "\n".join(
            f'[[place]]\ncode = "{code}"\nname = "{name}"\nlevel = "{level}"\n'
            + (f'parent = "{parent}"\n' if parent else "")
            for code, name, level, parent in lines
        ))
        # The same pages as Hugo's: a theme of five templates, in place of the built-in ones.
        shutil.copytree(pathlib.Path(__file__).parent / "theme", self.root / "theme")
        # The built-in kind has no field for the fund; the rest of it stays.
        write(self.root / "kinds" / "notice.toml", (
            'facets = ["matter", "fund", "period"]\n'
            'columns = ["title", "place", "published_on", "amount"]\n\n'
            '[fields.fund]\ntype = "reference"\nlabel = { zh = "资金来源", en = "Fund" }\n'
            'class = "public"\nto = ["fund"]\n'
        ))
        for id, name, level in FUNDS:
            write(self.root / "funds" / f"{id}.toml", (
                f'id = "{id}"\ntitle = "{name}"\nplace = "{COUNTY}"\nyear = "2020"\n'
                f'level = "{level}"\navailable = "100亿元"\n'
            ))

    def grant(self, at, text):
        """Writes a list of people."""
        write(self.root / "grants" / f"g{at:03d}.toml", text)

    def notice(self, notice):
        """Writes a notice."""
        last = notice.day + datetime.timedelta(9)
        formed = notice.day - datetime.timedelta(notice.day.day % 5)
        about = f'about = ["{notice.grant}"]\n' if notice.grant else ""
        write(self.root / "notices" / str(notice.day.year) / f"{notice.id}.md", (
            f'+++\nid = "{notice.id}"\ntitle = "{notice.title}"\nplace = "{notice.village.code}"\n'
            f'formed_on = {formed}\npublished_on = {notice.day}\n{about}type = "before"\n'
            f'matter = "{notice.category[0]}"\nperiod = "{notice.day}/{last}"\nhotline = ["12317"]\n'
            f'fund = "fund/{notice.fund[0]}"\namount = "{notice.amount}"\n+++\n{notice.body}'
        ))


class Hugo:
    """The site as Hugo reads it."""

    def __init__(self, root, places):
        self.root = root / "hugo"
        shutil.copytree(pathlib.Path(__file__).parent / "hugo", self.root)
        for village in places:
            folder = self.root / "content" / village.code
            folder.mkdir(parents=True)
            write(folder / "_index.md", f'+++\ntitle = "{village.name}"\n+++\n')
        write(self.root / "content" / "_index.md", f'+++\ntitle = "{SITE}"\n+++\n')

    def notice(self, notice):
        """Writes a notice."""
        write(self.root / "content" / notice.village.code / f"{notice.id}.md", (
            f'+++\ntitle = "{notice.title}"\ndate = {notice.day}\ncategories = ["{notice.category[1]}"]\n'
            f'funds = ["{notice.fund[1]}"]\nyears = ["{notice.day.year}"]\nvillage = "{notice.village.name}"\n'
            f'amount = "{notice.amount}"\n+++\n{notice.body}'
        ))


def main():
    """Writes both forms."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dir", type=pathlib.Path, help="a new folder for both forms")
    parser.add_argument("-n", type=int, default=1000, help="how many notices (default: 1000)")
    parser.add_argument("--lists", type=int, default=20, help="how many lists of people (default: 20)")
    parser.add_argument("--people", type=int, default=12, help="how many people a list (default: 12)")
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args()
    dice = random.Random(chosen.seed)
    places = villages(max(1, chosen.n // 100))
    register, hugo = Register(chosen.dir, places), Hugo(chosen.dir, places)
    grants = []
    for at in range(min(chosen.lists, chosen.n)):
        register.grant(at, grant(at, chosen.people, places[at % len(places)], dice))
        grants.append(f"grant/g{at:03d}")
    for notice in notices(chosen.n, places, grants, dice):
        register.notice(notice)
        hugo.notice(notice)


if __name__ == "__main__":
    main()
