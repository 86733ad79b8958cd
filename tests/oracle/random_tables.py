# SPDX-License-Identifier: Apache-2.0
"""Random tables: a department with its columns, and below it answers, a history, a plan, a ledger, a sheet of own tasks, measures."""
from fractions import Fraction

from .exact import shortest_decimal

GRIDS = (("1", 0, 10), ("0.5", 0, 100), ("5", 0, 100), ("0.25", 0, 5), ("0.01", 90, 91), ("10", -20, 50), ("0.001", 74, 75))
GRADES = ("S", "A", "B", "C", "D")
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

    def number(self, grid):
        """A number on a grid."""
        step, low, high = grid
        step = Fraction(step)
        return shortest_decimal(self.rng.randint(int(low / step), int(high / step)) * step)

    def sometimes_blank(self, cell, probability):
        """The cell, or now and then a blank or the word of a state."""
        return self.rng.choice(["", *STATE_WORDS]) if chance(self.rng, probability) else cell

    def date(self):
        """A day of 2017."""
        return f"2017-{self.rng.randint(1, 12):02}-{self.rng.randint(1, 28):02}"


class Tables:
    """The tables of one case: their types as a rulebook declares them, and their rows."""

    def __init__(self, rng, groups):
        self.rng, self.cells, self.groups = rng, Cells(rng), groups
        self.entities = [f"부서{number:02}" for number in range(1, rng.choice([2, 3, 5, 8, 13, 20, 30]) + 1)]
        self.types, self.rows = {}, {}
        self.numbers = [f"수{number}" for number in range(1, self.rng.randint(3, 6))]
        self.blanks = {name: self.rng.choice([0, 0, 0, 0.05, 0.15]) for name in [*self.numbers, "단독"]}
        self.grids = {name: self.rng.choice(GRIDS) for name in [*self.numbers, "단독"]}
        self.types["부서"] = {"key": "부서", "columns": {
            **({"군": list(self.groups)} if self.groups else {}), "유형": ["갑", "을", "병"], "등급": list(GRADES),
            "난이도": {"ordered": {"of": ["하", "중", "상"]}}, "방향": {"상향": "up", "하향": "down"},
            "배율": {"보통": "1", "높음": "1.25", "낮음": "0.5"}, "착수": "date", "인원": "number", "상위": "부서",
            **{name: self.number_type() for name in self.numbers}, "단독": "number"}}
        self.rows["부서"] = [self.entity_row(entity, place) for place, entity in enumerate(self.entities)]
        makers = {"응답": self.answers, "이력": self.history, "계획": self.plan, "대장": self.ledger, "과제": self.tasks}
        for name, make in makers.items():
            if chance(self.rng, 0.5):
                make()

    def number_type(self):
        """The type of a number column, sometimes with options."""
        return {"number": {"blank": "0"}} if chance(self.rng, 0.1) else "number"

    def entity_row(self, entity, place):
        """A department; the first ones spread over all groups."""
        group = self.groups and (self.groups[place % len(self.groups)] if chance(self.rng, 0.8) else self.rng.choice(self.groups))
        pick = self.rng.choice
        cells = {"부서": entity, **({"군": group} if self.groups else {}), "유형": pick(["갑", "을", "병"]), "등급": pick(GRADES),
                 "난이도": pick(["하", "중", "상"]), "방향": pick(["상향", "하향"]), "배율": pick(["보통", "높음", "낮음"]),
                 "착수": self.cells.date(), "인원": str(self.rng.randint(1, 9)), "상위": pick(self.entities)}
        numbers = {name: self.cells.sometimes_blank(self.cells.number(self.grids[name]), self.blanks[name])
                   for name in [*self.numbers, "단독"]}
        return {**cells, **numbers}

    def child_rows(self, most, row):
        """Rows below each department: `row(place)` gives the cells beside its key."""
        return [{"부서": entity, **row(place)} for entity in self.entities for place in range(1, self.rng.randint(0, most) + 1)]

    def answers(self):
        """Survey answers from 1 to 5, some of them blank."""
        self.types["응답"] = {"key": ["부서", "응답자"], "columns": {
            "점수": {"number": {"min": "1", "max": "5"}}, "비중": "number", "성별": ["남", "여"]}}
        if chance(self.rng, 0.4):
            self.types["응답"]["derive"] = {"보정": "점수 - mean(점수 over 응답자)"}
        self.rows["응답"] = self.child_rows(7, lambda place: {
            "응답자": f"응답자{place}", "점수": self.cells.sometimes_blank(str(self.rng.randint(1, 5)), 0.1),
            "비중": str(self.rng.randint(0, 3)), "성별": self.rng.choice("남여")})

    def history(self):
        """Figures of the years before; some years are not there."""
        self.types["이력"] = {"key": ["부서", "연도"], "columns": {"연도": "year", "과거": "number"}}
        grid = self.rng.choice(GRIDS)
        self.rows["이력"] = [{"부서": entity, "연도": str(year), "과거": self.cells.sometimes_blank(self.cells.number(grid), 0.05)}
                           for entity in self.entities for year in range(2012, 2017) if chance(self.rng, 0.9)]

    def plan(self):
        """What is planned for each year."""
        self.types["계획"] = {"key": ["부서", "연도"], "columns": {"연도": "year", "하한": "number", "상한": "number"}}
        low, high = ("0.5", 0, 5), ("0.5", 4, 20)
        self.rows["계획"] = [{"부서": entity, "연도": str(year), "하한": self.cells.number(low), "상한": self.cells.number(high)}
                           for entity in self.entities for year in (2016, 2017, 2018)]

    def ledger(self):
        """Entries of bonus and penalty."""
        self.types["대장"] = {"key": ["부서", "번호"], "columns": {"항목": ["수상", "제안", "징계"], "사안": "text", "건수": "number"}}
        self.rows["대장"] = self.child_rows(5, lambda place: {
            "번호": str(place), "항목": self.rng.choice(["수상", "제안", "징계"]), "사안": self.rng.choice(["", "가사안", "나사안", "다사안"]),
            "건수": self.cells.number(("0.5", 0, 4))})

    def tasks(self):
        """The sheet of each department's own tasks, with weights that add up to 100."""
        self.types["과제"] = {"key": ["부서", "과제"], "columns": {
            "성과": "number", "기준": "number", "비중": "number", "반기": ["상반기", "하반기"]}}
        grid, blank = self.rng.choice(GRIDS), self.rng.choice([0, 0, 0.1])
        self.rows["과제"] = [
            {"부서": entity, "과제": f"과제{place}", "성과": self.cells.sometimes_blank(self.cells.number(grid), blank),
             "기준": self.cells.number(grid), "비중": shortest_decimal(weight), "반기": self.rng.choice(["상반기", "하반기"])}
            for entity in self.entities for place, weight in enumerate(cut(self.rng, Fraction(100), self.rng.randint(1, 5)), 1)]

    def add_measures(self, leaves):
        """Measures by indicator, and the sheet of definitions by indicator."""
        self.types["실적"] = {"key": ["부서", "지표"], "columns": {"실적값": "number", "목표값": "number", "전년값": "number"}}
        self.types["정의서"] = {"key": "지표", "columns": {"최저": "number", "최고": "number"}}
        grids = {leaf: self.rng.choice(GRIDS) for leaf in leaves}
        self.rows["실적"] = [
            {"부서": entity, "지표": leaf, **{column: self.cells.sometimes_blank(self.cells.number(grids[leaf]), 0.04)
                                          for column in ("실적값", "목표값", "전년값")}}
            for entity in self.entities for leaf in leaves if leaf == leaves[0] or chance(self.rng, 0.95)]
        self.rows["정의서"] = [{"지표": leaf, "최저": self.cells.number(("1", 0, 4)), "최고": self.cells.number(("1", 4, 90))}
                            for leaf in leaves]
