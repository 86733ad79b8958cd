# SPDX-License-Identifier: Apache-2.0
"""Random tables: a department with its columns, and below it answers, a history, a plan, a ledger, a sheet of own tasks, measures, the
figures of judges; beside it definitions by kind and prices with their dates."""
from fractions import Fraction

from .exact import shortest_decimal

GRIDS = (("1", 0, 10), ("0.5", 0, 100), ("5", 0, 100), ("0.25", 0, 5), ("0.01", 90, 91), ("10", -20, 50), ("0.001", 74, 75))
RARE_GRIDS = (("0.00000000000000000001", 7, 8), ("100000", 0, 90_000_000), ("1", -3, 3))
GRADES = ("S", "A", "B", "C", "D")
KINDS = ("갑", "을", "병")
STATE_WORDS = {"해당없음": "not_applicable", "미도래": "not_due", "미제출": "missing"}


def chance(rng, probability):
    """True with that probability."""
    return rng.random() < probability


def cut(rng, whole, count):
    """`whole` cut into so many positive parts on a grid."""
    steps = [Fraction(step) for step in ("5", "1", "0.5", "0.25", "0.125", "0.05", "0.01", "0.001")]
    step = rng.choice([step for step in steps if whole % step == 0 and whole >= step * count][:3])
    units = int(whole / step)
    edges = [0, *sorted(rng.sample(range(1, units), count - 1)), units]
    return [step * (right - left) for left, right in zip(edges, edges[1:])]


class Cells:
    """Draws cells."""

    def __init__(self, rng):
        self.rng = rng

    def grid(self):
        """A grid on which the numbers of a column lie."""
        return self.rng.choice(RARE_GRIDS if chance(self.rng, 0.06) else GRIDS)

    def number(self, grid):
        """A number on a grid; on the finest one close to a whole number."""
        step, low, high = grid
        step = Fraction(step)
        if step < Fraction(1, 10 ** 9):
            return shortest_decimal(self.rng.randint(low, high) + self.rng.choice([-1, 0, 0, 1]) * step)
        return shortest_decimal(self.rng.randint(int(low / step), int(high / step)) * step)

    def sometimes_blank(self, cell, probability):
        """The cell, or now and then a blank or the word of a state."""
        return self.rng.choice(["", *STATE_WORDS]) if chance(self.rng, probability) else cell

    def date(self):
        """A day of 2017."""
        return f"2017-{self.rng.randint(1, 12):02}-{self.rng.randint(1, 28):02}"


class NumberColumn:
    """A column of numbers: its type as a rulebook declares it, and how its cells are written."""

    def __init__(self, cells, options=True):
        self.cells, self.grid, rng = cells, cells.grid(), cells.rng
        self.blank = rng.choice([0, 0, 0, 0.05, 0.15])
        self.options = rng.choice([{}] * 12 + [{"blank": "0"}, {"blank": "not_applicable"}, {"thousands": "yes"}, {"minus": "△"},
                                              {"minus": "parentheses"}, {"unit": "%"}, {"states": {"-": "not_due"}}]) if options else {}
        self.type = {"number": self.options} if self.options else "number"

    def cell(self):
        """A cell."""
        text = self.cells.number(self.grid)
        if self.options.get("thousands"):
            text = f"{int(text):,}" if "." not in text else text
        if text.startswith("-") and self.options.get("minus"):
            text = f"△{text[1:]}" if self.options["minus"] == "△" else f"({text[1:]})"
        if self.options.get("unit"):
            text += "%"
        return self.cells.sometimes_blank(text, self.blank)


class Tables:
    """The tables of one case: their types as a rulebook declares them, and their rows."""

    def __init__(self, rng, groups, two_keys=False):
        self.rng, self.cells, self.groups = rng, Cells(rng), groups
        count = rng.choice([2, 3, 5, 8, 13, 20, 30])
        self.key = ["본부", "부서"] if two_keys else ["부서"]
        self.entities = [self.entity_key(number, two_keys) for number in range(1, count + 1)]
        self.types, self.rows = {}, {}
        self.numbers = [f"수{number}" for number in range(1, rng.randint(3, 6))]
        self.columns = {name: NumberColumn(self.cells) for name in [*self.numbers, "단독"]}
        self.blank_words = {name: rng.choice([0, 0, 0, 0, 0.1]) for name in ("유형", "등급", "난이도", "방향", "배율", "착수", "종료")}
        self.has_boss = not two_keys
        self.types["부서"] = {"key": self.key if two_keys else "부서", "columns": self.entity_types()}
        self.rows["부서"] = [self.entity_row(entity, place) for place, entity in enumerate(self.entities)]
        makers = {"응답": self.answers, "이력": self.history, "계획": self.plan, "대장": self.ledger, "과제": self.tasks,
                  "기준표": self.definitions, "단가": self.prices, "심사": self.judges}
        for name, make in makers.items():
            if chance(self.rng, 0.5 if name not in ("기준표", "단가", "심사") else 0.25):
                make()

    def entity_key(self, number, two_keys):
        """The key of an entity: its name, or its headquarters and a name that is not unique among them."""
        if two_keys:
            return {"본부": f"본부{number % 3}", "부서": f"부서{number // 3:02}"}
        return {"부서": f"부서{number:02}"}

    def own_key(self, *more):
        """The key of a table below the departments."""
        return [*self.key, *more]

    def entity_types(self):
        """The columns of a department."""
        types = {"군": list(self.groups)} if self.groups else {}
        types.update({"유형": list(KINDS), "등급": list(GRADES), "난이도": {"ordered": {"of": ["하", "중", "상"]}},
                      "방향": {"상향": "up", "하향": "down"}, "배율": {"보통": "1", "높음": "1.25", "낮음": "0.5"}, "착수": "date", "종료": "date",
                      "인원": "number"})
        types.update({"상위": "부서"} if self.has_boss else {})
        return {**types, **{name: column.type for name, column in self.columns.items()}}

    def entity_row(self, entity, place):
        """A department; the first ones spread over all groups."""
        group = self.groups and (self.groups[place % len(self.groups)] if chance(self.rng, 0.8) else self.rng.choice(self.groups))
        pick = self.rng.choice
        words = {"유형": pick(KINDS), "등급": pick(GRADES), "난이도": pick(["하", "중", "상"]), "방향": pick(["상향", "하향"]),
                 "배율": pick(["보통", "높음", "낮음"]), "착수": self.cells.date(), "종료": self.cells.date()}
        words = {name: self.cells.sometimes_blank(word, self.blank_words[name]) for name, word in words.items()}
        boss = {"상위": pick(self.entities)["부서"]} if self.has_boss else {}
        return {**entity, **({"군": group} if self.groups else {}), **words, "인원": str(self.rng.randint(1, 9)), **boss,
                **{name: column.cell() for name, column in self.columns.items()}}

    def child_rows(self, most, row):
        """Rows below each department, in no order: `row(place)` gives the cells beside its key."""
        rows = [{**entity, **row(place)} for entity in self.entities for place in range(1, self.rng.randint(0, most) + 1)]
        self.rng.shuffle(rows)
        return rows

    def answers(self):
        """Survey answers from 1 to 5, some of them blank."""
        self.types["응답"] = {"key": self.own_key("응답자"), "columns": {
            "점수": {"number": {"min": "1", "max": "5"}}, "비중": "number", "성별": ["남", "여"]}}
        derived = {"보정": "점수 - mean(점수 over 응답자)", "순번": "rank(점수 over all, best = high)", "배점": "점수 * first(수1, 1)",
                   "편차": "점수 - first(mean(점수 over 성별), 3)"}
        if chance(self.rng, 0.4):
            self.types["응답"]["derive"] = {name: derived[name] for name in self.rng.sample(list(derived), self.rng.randint(1, 2))}
        self.rows["응답"] = self.child_rows(self.rng.choice([4, 7, 12]), lambda place: {
            "응답자": f"응답자{place}", "점수": self.cells.sometimes_blank(str(self.rng.randint(1, 5)), 0.1),
            "비중": str(self.rng.randint(0, 3)), "성별": self.rng.choice("남여")})

    def history(self):
        """Figures of the years before; some years are not there."""
        self.types["이력"] = {"key": self.own_key("연도"), "columns": {"연도": "year", "과거": "number"}}
        grid = self.cells.grid()
        self.rows["이력"] = [{**entity, "연도": str(year), "과거": self.cells.sometimes_blank(self.cells.number(grid), 0.05)}
                           for year in range(2012, 2017) for entity in self.entities if chance(self.rng, 0.9)]

    def plan(self):
        """What is planned for each year."""
        self.types["계획"] = {"key": self.own_key("연도"), "columns": {"연도": "year", "하한": "number", "상한": "number"}}
        low, high = ("0.5", 0, 5), ("0.5", 4, 20)
        self.rows["계획"] = [{**entity, "연도": str(year), "하한": self.cells.number(low),
                            "상한": self.cells.sometimes_blank(self.cells.number(high), 0.03)}
                           for entity in self.entities for year in (2016, 2017, 2018)]

    def ledger(self):
        """Entries of bonus and penalty."""
        self.types["대장"] = {"key": self.own_key("번호"), "columns": {"항목": ["수상", "제안", "징계"], "사안": "text", "건수": "number"}}
        blank = self.rng.choice([0, 0, 0.1])
        self.rows["대장"] = self.child_rows(5, lambda place: {
            "번호": str(place), "항목": self.cells.sometimes_blank(self.rng.choice(["수상", "제안", "징계"]), blank),
            "사안": self.rng.choice(["", "가사안", "나사안", "다사안"]),
            "건수": self.cells.sometimes_blank(self.cells.number(("0.5", 0, 4)), blank)})

    def tasks(self):
        """The sheet of each department's own tasks, with weights that add up to 100; some departments have none."""
        self.types["과제"] = {"key": self.own_key("과제"), "columns": {
            "성과": "number", "기준": "number", "비중": "number", "반기": ["상반기", "하반기"]}}
        grid, blank, absent = self.cells.grid(), self.rng.choice([0, 0, 0.1]), self.rng.choice([0, 0, 0, 0.1])
        self.rows["과제"] = [
            {**entity, "과제": f"과제{place}", "성과": self.cells.sometimes_blank(self.cells.number(grid), blank),
             "기준": self.cells.number(grid), "비중": shortest_decimal(weight),
             "반기": self.cells.sometimes_blank(self.rng.choice(["상반기", "하반기"]), blank)}
            for entity in self.entities if not chance(self.rng, absent)
            for place, weight in enumerate(cut(self.rng, Fraction(100), self.rng.randint(1, 5)), 1)]

    def definitions(self):
        """Figures by kind: the kind of a department is the key."""
        self.types["기준표"] = {"key": "유형", "columns": {"유형": list(KINDS), "기준값": "number"}, "others": "number"}
        self.rows["기준표"] = [{"유형": kind, "기준값": self.cells.number(("0.5", 0, 9)), "가산": self.cells.number(("1", 0, 3))}
                            for kind in KINDS]

    def prices(self):
        """Prices by kind, of which the newest that is not after the end of the period counts."""
        self.types["단가"] = {"key": self.rng.choice(["유형", ["유형", "개정일"]]), "columns": {"유형": list(KINDS), "개정일": "date", "금액": "number"},
                           "valid_from": "개정일"}
        self.rows["단가"] = [{"유형": kind, "개정일": day, "금액": self.cells.number(("0.5", 1, 9))}
                           for kind in KINDS for day in ("2018-03-01", "2015-01-01", "2017-06-30")]

    def judges(self):
        """A column for every judge, which become rows."""
        judges = ["위원1", "위원2", "위원3"]
        self.types["심사"] = {"key": self.own_key("위원"), "columns": {"평점": {"number": {"min": "0", "max": "100"}}},
                           "unpivot": {"from": judges, "name": "위원", "value": "평점"},
                           "derive": {"조정": "평점 - mean(평점 over 위원) + 50"}}
        self.rows["심사"] = [{**entity, **{judge: self.cells.sometimes_blank(self.cells.number(("0.5", 60, 100)), 0.05) for judge in judges}}
                           for entity in self.entities]

    def add_measures(self, leaves):
        """Measures by indicator, and the sheet of definitions by indicator."""
        self.types["실적"] = {"key": self.own_key("지표"), "columns": {"실적값": "number", "목표값": "number", "전년값": "number"}}
        self.types["정의서"] = {"key": "지표", "columns": {"최저": "number", "최고": "number"}}
        grids = {leaf: self.cells.grid() for leaf in leaves}
        self.rows["실적"] = [
            {**entity, "지표": leaf, **{column: self.cells.sometimes_blank(self.cells.number(grids[leaf]), 0.04)
                                      for column in ("실적값", "목표값", "전년값")}}
            for entity in self.entities for leaf in leaves if leaf == leaves[0] or chance(self.rng, 0.95)]
        self.rows["정의서"] = [{"지표": leaf, "최저": self.cells.number(("1", 0, 4)), "최고": self.cells.number(("1", 4, 90))}
                            for leaf in leaves]
