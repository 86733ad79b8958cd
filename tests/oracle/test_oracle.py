# SPDX-License-Identifier: Apache-2.0
"""The oracle against figures worked by hand: `python3 -m unittest oracle.test_oracle` from tests/."""
import unittest

import yaml

from . import exact
from .evaluate import Scoring
from .publish import as_data
from .results import score_all
from .rulebook import number, read_rulebook
from .tables import fill_tables
from .values import OracleError, State

TABLES = """
부서: {key: 부서, columns: {군: [가, 나], x: number, y: number, 빈칸: number, 방향: {상향: up, 하향: down}, 급: {상: 3, 중: 2},
      난이도: {ordered: {of: [하, 중, 상]}}, 착수: date, 월: month, 상위: 부서}}
응답: {key: [부서, 응답자], columns: {점수: number, 비중: number}, derive: {보정: 점수 - mean(점수 over 응답자)}}
이력: {key: [부서, 연도], columns: {연도: year, 실적: number}}
위원: {key: [부서, 위원], columns: {점: {number: {minus: △}}}, unpivot: {from: [위원1, 위원2], name: 위원, value: 점}}
"""

ROWS = {
    "부서": [dict(zip(("부서", "군", "x", "y", "빈칸", "방향", "급", "난이도", "착수", "월", "상위"), cells)) for cells in (
        ("갑", "가", "10", "3", "", "상향", "상", "중", "2017-03-15", "2017-03", "을"),
        ("을", "가", "20", "4", "1", "하향", "중", "상", "2017-05-01", "2017-05", "갑"),
        ("병", "나", "20", "0", "해당없음", "상향", "상", "하", "2016-12-31", "2016-12", "갑"),
        ("정", "나", "40", "5", "7", "상향", "상", "하", "2016-12-31", "2016-12", "갑"))],
    "응답": [dict(zip(("부서", "응답자", "점수", "비중"), cells)) for cells in (
        ("갑", "1", "5", "1"), ("갑", "2", "1", "3"), ("갑", "3", "3", "0"), ("갑", "4", "", "9"), ("을", "1", "4", "1"),
        ("병", "1", "2", "1"))],
    "이력": [{"부서": "갑", "연도": str(2012 + place), "실적": figure} for place, figure in enumerate(("90", "95", "100", "105", "110"))],
    "위원": [{"부서": "갑", "위원1": "△3.5", "위원2": "8"}],
}

FORMULAS = {
    # arithmetic
    "-2 ^ 2": "-4",
    "2 ^ 3 ^ 2": "512",
    "2 * -3": "-6",
    "10 - 4 - 3": "3",
    "7 / 2": "3.5",
    "5억 / 1_000만": "50",
    "0.1 + 0.2": "0.3",
    "not 1 == 2 and 2 in (1, 2)": True,
    "if 빈칸 > 1 then 1 else 2": State.MISSING,
    "x / (y - 3)": State.UNDEFINED,
    "빈칸 > 1 and x < 0": False,
    "빈칸 > 1 or x > 0": True,
    "first(빈칸, x / 0, 7)": "7",
    "known(빈칸)": False,
    "급 * 2": "6",
    "난이도 < '상'": True,
    "착수 >= '2017-03-15' and 월 < '2017-04'": True,
    "상위.x + 상위.상위.x": "30",
    "round(2.5, 0) + round(-2.5, 0)": "0",
    "round(-2.5, 0)": "-3",
    "round(2.5, 0, mode = half_even)": "2",
    "round(1250, -2)": "1300",
    "truncate(-1.29, 1)": "-1.2",
    "ceiling(-1.29, 1)": "-1.2",
    "ceiling(1.21, 1)": "1.3",
    "round(-1.21, 1, mode = floor)": "-1.3",
    "sqrt(2) * sqrt(2)": "2",
    "(ln(1000) - ln(100)) / (ln(10000) - ln(100))": "0.5",
    "phi(0) + phi(1) + phi(-1)": "1.5",
    "8 ^ (1 / 3)": "2",
    "(-8) ^ (1 / 3)": State.UNDEFINED,
    "0 ^ -1": State.UNDEFINED,
    "sqrt(-1)": State.UNDEFINED,
    "clamp(1, 3, 2)": State.UNDEFINED,
    "months('2017-01-17', '2017-03-15')": "3",
    "months('2017-01-18', '2017-03-14')": "1",
    "year(착수) + month(착수)": "2020",
    # aggregates
    "count(응답)": "4",
    "count(응답.점수)": "3",
    "mean(응답.점수)": "3",
    "mean(응답.점수, from = 4)": State.MISSING,
    "mean(응답.점수, from = 4, fewer = 9)": "9",
    "sum(응답.점수 where 비중 > 0)": "6",
    "weighted_mean(응답.점수, 응답.비중)": "2",
    "trimmed_mean(응답.점수, drop = 1)": "3",
    "trimmed_mean(응답.점수, drop = 2)": State.MISSING,
    "variance(응답.점수, sigma = sample)": "4",
    "variance([1, 2, 3, 4], sigma = population)": "1.25",
    "sd([5], sigma = sample)": State.UNDEFINED,
    "median([4, 1, 3, 빈칸, 2])": "2.5",
    "best(응답.점수, n = 2, direction = up)": "4",
    "last(이력.실적)": "110",
    "last(이력.실적, n = 2)": "107.5",
    "at(이력.실적, 2013)": "95",
    "at(이력.실적, 2020)": State.UNDEFINED,
    "at(응답.점수, '4')": State.MISSING,
    "only(응답.점수 where 비중 == 3)": "1",
    "only(응답.점수)": State.UNDEFINED,
    "only(응답.점수 where 비중 == 9)": State.MISSING,
    "last([빈칸 / 0, 빈칸])": State.MISSING,
    "base(이력.실적, up) - base(이력.실적, down)": "5",
    "slope(이력.실적)": "5",
    "forecast(이력.실적)": "115",
    "forecast_error(이력.실적)": "0",
    "forecast_error([1, 2, 4])": "0.745",
    "mean(응답.점수 over all)": "3",
    "mean(mean(응답.점수) over all)": "3",
    "mean(응답.점수 over group)": "3.25",
    "mean(mean(응답.점수) over group)": "3.5",
    "sum(응답.보정)": "1.333",
    "count(부서 over group)": "2",
    "sum(위원.점)": "4.5",
    "checklist([x > 1, y > 100, 빈칸 > 1], w = [3, 1, 5])": "75",
    # peers
    "rank(x over all, best = high)": "4",
    "rank(y over all, best = low)": "2",
    "rank(20 over all, best = high)": "1",
    "percentile(x over all, best = high)": "0",
    "percentile(x over all, best = high, ties = half)": "12.5",
    "minmax(x over all, direction = down)": "100",
    "minmax(x over 군, direction = up)": "0",
    "z(x over group, sigma = population)": "-1",
    "t(x over group, sigma = sample)": "42.929",
    "count(x over all where y > 3)": "2",
    "benchmark(x over all, n = 2, low = 0, direction = up, floor = 20)": "46.667",
    # methods
    "achievement(8, 10, up, cap = 100)": "80",
    "achievement(50, 40, down, form = ratio, cap = 100)": "80",
    "achievement(9, 0, up, cap = 100)": State.UNDEFINED,
    "achievement(50, 40, down, form = mirrored, cap = none)": "75",
    "achievement(30, 10, up, cap = none)": "300",
    "achievement(빈칸, 0, up, cap = 100)": State.MISSING,
    "achievement(0, 빈칸, down, form = ratio, cap = 100)": State.MISSING,
    "trend(빈칸, [1, 2], up, floor = 20)": State.MISSING,
    "interval(70, low = 60, high = 100, floor = 20)": "40",
    "interval(1, low = 5, high = 5, floor = 20)": State.UNDEFINED,
    "interval(1, low = 2, high = 0, floor = 0, direction = up)": State.UNDEFINED,
    "interval(1, low = 2, high = 0, floor = 0, direction = down)": "50",
    "deviation(115, 이력.실적, up, k = 2, sigma = population, floor = 20)": "74.142",
    "deviation(115, [90, 95, 100, 105, 110], up, k = 2, sigma = sample, floor = 20)": "72.649",
    "ratio(115, base = 110, share = 0.2, direction = up, floor = 20)": "69.091",
    "trend(115, 이력.실적, up, floor = 20)": State.UNDEFINED,
    "trend(3, [1, 2, 4], down, floor = 20)": "99.930",
    "beta(5, low = 2, likely = 5, high = 8, floor = 20)": "60",
    "path(102, low = 이력.실적, high = 이력.실적, year = 2014, floor = 20)": State.UNDEFINED,
    "middle(8, 10, tolerance = 4)": "50",
    "band(8, low = 10, high = 12, tolerance = 8)": "75",
    "improvement(12, 10)": "20",
    "met(9, 10, up)": "0",
    "met(9, 10, up, partial = 0.8)": "90",
    "met(20, 10, down, partial = 0.5)": "50",
    "met(8, 10, 방향)": "0",
}


CARD = """
jeoul: 1
states: {해당없음: not_applicable}
entities: 부서
groups: 군
scorecard: {score: x}
results: {round: {total: 2}}
"""


def scoring_of(text, tables=TABLES, rows=None):
    """A scoring of the rows above under a rulebook given as YAML text."""
    data = yaml.load(text, yaml.BaseLoader)
    data["tables"] = yaml.load(tables, yaml.BaseLoader)
    rulebook = read_rulebook(data)
    return Scoring(rulebook, fill_tables(rulebook, rows or ROWS))


def results_of(card):
    """The published results per entity under a scorecard and results given as YAML text."""
    rulebook = "jeoul: 1\nstates: {해당없음: not_applicable}\nentities: 부서\ngroups: 군\ngrades: [S, A, B]\n" + card
    scoring = scoring_of(rulebook)
    return {entity["entity"]: entity for entity in as_data(scoring, score_all(scoring))["entities"]}


class Formulas(unittest.TestCase):
    """Each formula for the department 갑."""

    def test_worked_figures(self):
        """Numbers at the digits written, truths and states as they are."""
        scoring = scoring_of(CARD)
        place = scoring.home(scoring.entities.rows[0])
        for formula, expected in FORMULAS.items():
            with self.subTest(formula):
                tree = read_rulebook({**yaml.load(CARD, yaml.BaseLoader), "tables": {}, "values": {"v": formula}}).values["v"].formula
                found = scoring.evaluate(tree, place)
                if isinstance(expected, str):
                    found, expected = exact.round_to(found, len(expected.partition(".")[2]), "half_up"), number(expected)
                self.assertEqual(found, expected)


class Scorecards(unittest.TestCase):
    """Whole scorecards over the four departments."""

    def column(self, results, name):
        """One figure of all entities in order."""
        return [entity[name] for entity in results.values()]

    def test_redistribution_and_spreading(self):
        """A missing score is redistributed, replaced, or takes the parent's score."""
        card = ("scorecard: {{indicators: [{{id: 하나, weight: 60, value: x}}, {{id: 둘, weight: 40, value: 빈칸, missing: {}}}]}}\n"
                "results: {{round: {{total: 1}}}}")
        self.assertEqual(self.column(results_of(card.format("redistribute")), "total"), ["10.0", "12.4", "20.0", "26.8"])
        self.assertEqual(self.column(results_of(card.format("mean(score over all)")), "total")[0], "7.6")
        self.assertEqual(self.column(results_of(card.format("none")), "total"), ["", "12.4", "20.0", "26.8"])
        self.assertIn("error", results_of(card.format("error"))["갑"])

    def test_ranks_and_tie_breakers(self):
        """Ties share a rank until the chain tells them apart."""
        card = "scorecard: {{score: x}}\nresults: {{round: {{total: 0}}, rank: {{within: all, ties: {}{}}}}}"
        for ties, ranks in (("min", "4221"), ("max", "4331"), ("dense", "3221")):
            self.assertEqual("".join(self.column(results_of(card.format(ties, "")), "rank")), ranks)
        self.assertEqual(self.column(results_of(card.format("average", "")), "rank"), ["4", "2.5", "2.5", "1"])
        self.assertEqual("".join(self.column(results_of(card.format("min", ", then: [y]")), "rank")), "4231")
        self.assertEqual("".join(self.column(results_of(card.format("min", ", then: [{low: y}]")), "rank")), "4321")

    def test_ties_across_a_cut(self):
        """Up: the whole tie rises and the next grade shrinks; down: it falls."""
        card = ("scorecard: {{score: x}}\nresults: {{round: {{total: 0}}, rank: {{within: all}}, grade: {{within: all, "
                "quota: {{S: 50, A: 25, B: 25}}, seats: cumulative_half_up, tie_at_cut: {}}}}}")
        self.assertEqual("".join(self.column(results_of(card.format("up")), "grade")), "BSSS")
        self.assertEqual("".join(self.column(results_of(card.format("down")), "grade")), "BAAS")
        with self.assertRaises(OracleError):
            results_of(card.format("error"))

    def test_gates_and_adjustments(self):
        """A gate caps the grade and leaves the score; caps act item by item, then by kind."""
        card = """
scorecard: {score: x}
adjustments:
  limits: {bonus: 4, total: [0, 40]}
  items: [{id: 가점, kind: bonus, points: y, cap: 3}, {id: 다른가점, kind: bonus, points: 2}, {id: 감점, kind: penalty, points: 1}]
gates: [{id: 관문, pass: y > 0, cap: A}, {id: 한단계, pass: x < 40, down: 1}]
results: {round: {total: 0}, grade: {cutoffs: {S: 20, A: 10, B: 0}}}
"""
        results = results_of(card)
        self.assertEqual(self.column(results, "total"), ["13", "23", "21", "40"])
        self.assertEqual(self.column(results, "bonus"), ["4.0000", "4.0000", "2.0000", "4.0000"])
        self.assertEqual("".join(self.column(results, "grade")), "ASAA")


if __name__ == "__main__":
    unittest.main()
