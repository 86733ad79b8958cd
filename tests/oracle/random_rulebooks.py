# SPDX-License-Identifier: Apache-2.0
"""Random rulebooks with their data: written to a folder as rulebook.yaml and data/*.csv.

    python3 -m oracle.random_rulebooks --seed 1 --out FOLDER

The tables are always of the same few kinds; which of them a rulebook has, what stands in them and everything else is drawn. Numbers
lie on coarse decimal grids, so that ties and half-way cases are frequent. What would end in a declared error is avoided or rare.
"""
import argparse
import csv
import random
from fractions import Fraction
from pathlib import Path

from .exact import shortest_decimal
from .random_formulas import ROUND_MODES, FormulaMaker, Scope
from .random_tables import GRADES, STATE_WORDS, Tables, chance, cut

QUOTAS = (("20", "30", "40", "10"), ("10", "20", "40", "20", "10"), ("33.3", "33.3", "33.4"), ("5", "45", "50"), ("50", "50"))
GROUPS = ("실과소", "읍면동", "사업소")
UNDEFINED = ("0", "0", "50", "missing", "not_applicable", "not_due", "12.345")
MISSING = ("0", "20", "redistribute", "redistribute", "mean(score over all)", "median(score over group, fewer = 0)", "33.335")



class Case:
    """One random rulebook with its tables."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.maker = FormulaMaker(self.rng)
        self.groups = GROUPS[:self.rng.choice([0, 0, 2, 2, 3])]
        self.tables = Tables(self.rng, self.groups)
        self.numbers = self.tables.numbers
        self.shares = self.rng.choice(QUOTAS)
        self.grades = GRADES[:len(self.shares)]
        self.used_ids, self.scored_nodes, self.referable = 0, [], []
        self.measures = self.chance(0.4)
        self.points_rounded = False

    def chance(self, probability):
        """True with that probability."""
        return chance(self.rng, probability)

    # Scales and scopes

    def scales(self):
        """Steps, bands, a curve and a lookup."""
        return {
            "구간": {"at_least": {"90": "100", "70": "90", "0.5": "80"}, "otherwise": "70"},
            "이하구간": {"at_most": {"1": "100", "5": "95", "50": "60.5"}, "otherwise": "40"},
            "띠": [{"at_least": "50", "score": "100"}, {"above": "5", "below": "50", "score": "85"}, {"at_most": "5", "score": "60"}],
            "곡선": {"curve": [["0", "0"], ["5", "50"], ["90", "80"], ["100", "100"]],
                   "below": self.rng.choice(["hold", "extend"]), "above": self.rng.choice(["hold", "extend"])},
            "등급점수": dict(zip(GRADES, ("100", "95", "90", "85", "80")))}

    def scope(self):
        """What an indicator's formula may name: columns of the entity, and the other tables."""
        scope = Scope([*self.numbers, "상위.수1", "배율"], scales=["구간", "이하구간", "띠", "곡선"], lookups=["등급점수(등급)", "100 * 배율"],
                      nodes=self.referable[-6:], plan="계획" in self.tables.types, peers=("all", "group", "유형"))
        if "응답" in self.tables.types:
            scope.rows = ["응답.점수", *(f"응답.{name}" for name in self.tables.types["응답"].get("derive", {}))]
            scope.row_weights = {"응답.점수": "응답.비중"}
            scope.row_conditions = ["성별 == '여'", "점수 > 1", "비중 >= 1"]
        if "이력" in self.tables.types:
            scope.histories = ["이력.과거", f"[{', '.join(self.rng.choices(self.numbers, k=self.rng.randint(3, 5)))}]"]
        return scope

    # The tree

    def new_id(self, word):
        """An id that nothing has yet."""
        self.used_ids += 1
        return f"{word}{self.used_ids:02}"

    def weights(self, whole, count):
        """Weights of siblings that add up to the parent's: numbers, or one per group with now and then none."""
        if not isinstance(whole, dict) and not (self.groups and self.chance(0.3)):
            return cut(self.rng, whole, count)
        by_group = {}
        for group in self.groups:
            own = whole[group] if isinstance(whole, dict) else whole
            by_group[group] = [None] * count if own is None else self.group_weights(own, count)
        return [{group: by_group[group][place] for group in self.groups} for place in range(count)]

    def group_weights(self, whole, count):
        """The weights for one group; sometimes one child is not for this group."""
        if count < 2 or self.chance(0.7):
            return cut(self.rng, whole, count)
        parts = cut(self.rng, whole, count - 1)
        left_out = self.rng.randrange(count)
        return [*parts[:left_out], None, *parts[left_out:]]

    def rounding(self):
        """Rounding and printed digits of a node, or nothing."""
        mode = self.rng.choice(["half_up", "half_up", *ROUND_MODES])
        return self.rng.choice([{}] * 6 + [{"round": "1"}, {"round": "2"}, {"round": "0"}, {"digits": "2"}, {"round": "3", "digits": "1"},
                                          {"round": {"points": "2"}}, {"round": {"score": "2", "points": "2", "mode": mode}},
                                          {"round": {"score": "1", "mode": mode}}])

    def node(self, depth, weight):
        """An area, a sheet or an indicator."""
        own = {} if weight is None else {"weight": weight_data(weight)}
        if depth > 0 and self.chance(0.6):
            return self.area(depth - 1, own, weight)
        if "과제" in self.tables.types and self.chance(0.25):
            return self.sheet(own)
        return self.indicator(own)

    def area(self, depth, own, weight):
        """An area with children under one of the ways to combine them."""
        count, kind = self.rng.randint(1, 4), self.rng.choice(["mean"] * 8 + ["free", "equal", "hundred", "combine", "sum", "formula"])
        area = {"id": self.new_id("분야"), **own, **self.rounding(), **self.below(kind, depth, weight, count)}
        if kind in ("mean", "free") and self.chance(0.15):
            area["adjustments"] = self.adjustments(area_level=True)
            area.update({"over_full": "yes"} if self.chance(0.3) else {})
        return self.named(area)

    def below(self, kind, depth, weight, count):
        """The children of an area and the keys that say how they combine."""
        if kind in ("sum", "formula"):
            children = [self.node(depth, None) for _ in range(count)]
            ids = [child["id"] for child in children]
            formula = self.rng.choice([" + ".join(ids), f"max({ids[0]}, 50)", f"0.4 * {ids[-1]} + 30"])
            return {**({"combine": "sum"} if kind == "sum" else {"score": formula}), **split_kinds(children)}
        if kind == "equal":
            return {**self.combined(), **split_kinds([self.node(depth, None) for _ in range(count)])}
        if kind == "mean" and weight:
            return split_kinds([self.node(depth, part) for part in self.weights(weight, count)])
        if kind == "free":
            parts = [Fraction(self.rng.choice([0, 1, 2, 3, 5])) for _ in range(count)]
            return {"weight_total": "free", **split_kinds([self.node(depth, part) for part in [*parts[:-1], parts[-1] + 1]])}
        how = {"weight_total": "100", **(self.combined() if kind == "combine" else {})}
        return {**how, **split_kinds([self.node(depth, part) for part in self.weights(Fraction(100), count)])}

    def combined(self):
        """A way to combine other than the mean, most of the time."""
        return {"combine": self.rng.choice(["mean", "median", "min", "max", "geometric", "harmonic", {"power": "2"}, {"power": "0.5"}])}

    def sheet(self, own):
        """One indicator per task."""
        scope = Scope(["성과", "기준", "성과", *self.numbers[:2]], scales=["구간", "곡선"], peers=("all", "group", "과제"))
        sheet = {"id": self.new_id("과제군"), **own, **self.rounding(), "weight_total": "100", "each": "과제",
                 "indicator": {"weight": "비중", "score": self.maker.score(scope), **self.policies(), **self.rounding()}}
        if self.chance(0.2):
            sheet.update({"where": "반기 == '상반기'", "weight_total": "free"})
        return self.named(sheet)

    def indicator(self, own):
        """An indicator with a random method."""
        if self.chance(0.05) and not any("단독" in node for node in self.scored_nodes):
            self.scored_nodes.append("score(단독)")
            return {"id": "단독", **own, **self.rounding()}
        scope, measured = self.scope(), self.measures and self.chance(0.6)
        if measured:
            scope.numbers = ["실적값", "목표값", "실적값", "전년값", "정의서.최저", "정의서.최고", *self.numbers[:1]]
        leaf = {"id": self.new_id("지표"), **own, **self.rounding(), **(self.policies() if self.chance(0.3) else {})}
        if self.chance(0.4):
            leaf["value"] = self.rng.choice(scope.numbers) if self.chance(0.6) else self.maker.number(scope, 1)
            impute = self.rng.choice(["0", "mean(value over all)", "median(value over group)"])
            leaf.update({"impute": impute} if self.chance(0.2) else {})
            scope.numbers = ["value", "value", "value", *scope.numbers[:2]]
        leaf["score"] = self.scores(scope)
        if self.chance(0.08):
            leaf["applies"] = self.rng.choice(["유형 != '갑'", "등급 in ('S', 'A', 'B')", "착수 <= '2017-09-30'"])
        return self.named(leaf)

    def named(self, node):
        """The node, from now on known to formulas.

        One with rounded points below is known to tie-breakers only: its score hangs on the weights of all nodes.
        """
        self.scored_nodes.append(node["id"])
        rounds_points = any(key in str(node) for key in ("'points': '2'", "adjustments"))
        if "score" in node or not rounds_points and not self.points_rounded:
            self.referable.append(node["id"])
        return node

    def scores(self, scope):
        """A score, sometimes one formula per group."""
        if self.groups and self.chance(0.1):
            return {group: "none" if self.chance(0.15) else self.maker.score(scope) for group in self.groups}
        return self.maker.score(scope)

    def policies(self):
        """What states become; `none` and `error` are rare, as they leave little to compare."""
        pick = self.rng.choice
        policies = {"missing": pick(MISSING), "undefined": pick(UNDEFINED)}
        policies.update({"not_applicable": pick(["redistribute", "0", "100"])} if self.chance(0.3) else {})
        policies.update({"not_due": pick(["redistribute", "50", "none"])} if self.chance(0.15) else {})
        return policies

    def scorecard(self):
        """The root with everything below it."""
        whole = Fraction(self.rng.choice(["100", "100", "100", "300", "1", "95"]))
        count = self.rng.randint(1, 5)
        rounding = self.rounding()
        self.points_rounded = "points" in rounding.get("round", "")
        absent = self.rng.choice(["0", "redistribute"])
        shared = {"indicator": {**self.policies(), **rounding}, "area": {"missing": absent, "undefined": "0"}}
        root = {**({"measures": "실적"} if self.measures else {}), **({} if whole == 100 else {"weight": shortest_decimal(whole)}),
                "missing": self.rng.choice(["0", "redistribute"]), "undefined": "0", **shared, **self.rounding()}
        depth = self.rng.randint(0, 2)
        return {**root, **split_kinds([self.node(depth, part) for part in self.weights(whole, count)])}

    # After the root

    def adjustments(self, area_level=False):
        """Bonus and penalty items."""
        items = [self.item() for _ in range(self.rng.randint(1, 3))]
        limits = {"bonus": self.rng.choice(["1", "2.5", "5"]), "penalty": self.rng.choice(["1", "3"])}
        limits.update({"total": ["0", self.rng.choice(["100", "none"])]} if not area_level and self.chance(0.6) else {})
        return {**({"limits": limits} if self.chance(0.7) else {}), "items": items}

    def item(self):
        """One item: over the ledger, or a formula over the entity."""
        item = {"id": self.new_id("가감"), "kind": self.rng.choice(["bonus", "bonus", "penalty"])}
        item.update({"cap": self.rng.choice(["1", "2", "0.75"])} if self.chance(0.5) else {})
        if "대장" not in self.tables.types:
            return {**item, "points": self.rng.choice(["if 등급 == 'S' then 1.5 else 0", "0.3 * 배율", "max(0, first(수1, 0) - 5) / 10"])}
        item.update({"each": "대장", "points": self.rng.choice(["0.5 * 건수", "1", "건수 ^ 2 / 3"])})
        item.update({"where": self.rng.choice(["항목 == '수상'", "항목 in ('제안', '징계')", "건수 > 1"])} if self.chance(0.6) else {})
        item.update({"once": "사안"} if self.chance(0.4) else {})
        return item

    def gates(self):
        """Conditions that hold grades down."""
        effect = {"cap": self.rng.choice(self.grades[1:])} if self.chance(0.6) else {"down": self.rng.choice("12")}
        condition = self.rng.choice(["유형 != '병'", "수1 >= 1", "total >= 50", "등급 != 'D'"])
        return [{"id": self.new_id("관문"), "pass": condition, **effect, "unknown": self.rng.choice(["pass", "fail"])}]

    def results(self):
        """Rounding of the total, ranks and grades."""
        pick, within = self.rng.choice, "group" if self.groups and self.chance(0.7) else "all"
        rounding = {"total": pick(["2", "2", "1", "0", "3", "-1"])}
        rounding.update({"mode": pick(ROUND_MODES)} if self.chance(0.4) else {})
        rank = {"within": within, "by": pick(["published", "published", "raw", "1"]), "best": pick(["high", "high", "high", "low"]),
                "ties": pick(["min", "min", "max", "dense", "average"])}
        rank.update({"then": self.tie_breakers()} if self.chance(0.6) else {})
        rank.update({"where": pick(["유형 != '병'", "수1 > 0", "total > 20"])} if self.chance(0.15) else {})
        return {"round": rounding, "rank": rank, "grade": self.grading(within)}

    def tie_breakers(self):
        """A chain of nodes, columns and formulas."""
        entries = [*self.scored_nodes[-5:], *self.numbers[:2], {"low": "인원"}, "인원 + 1", {"low": self.numbers[-1]}]
        return self.rng.sample(entries, self.rng.randint(1, 3))

    def grading(self, within):
        """Grades by quota or by cut-offs, and sometimes grades of nodes as well."""
        if self.chance(0.65):
            total = self.quota(within)
        else:
            total = {"cutoffs": self.cutoffs(self.rng.choice([("90", "80", "70", "60"), ("60", "55", "50", "45"), ("200", "100", "50", "20.5")]))}
            if self.chance(0.2):
                total = {"cutoffs_at_most": dict(zip(self.grades[:-1], ("20", "50", "70", "90"))), "otherwise": self.grades[-1]}
        if self.chance(0.8):
            return total
        return [total, {"of": self.rng.choice(["nodes", "leaves"]), "cutoffs": self.cutoffs(("90", "80", "70", "60"))}]

    def cutoffs(self, numbers):
        """A cut-off for every grade, 0 for the last one."""
        return dict(zip(self.grades, (*numbers[:len(self.grades) - 1], "0")))

    def quota(self, within):
        """A quota of 100 %, mostly by cumulated seats."""
        grade = {"within": within, "quota": dict(zip(self.grades, self.shares)),
                 "seats": self.rng.choice(["cumulative_half_up"] * 3 + ["cumulative_floor", "cumulative_ceiling", "largest_remainder"]),
                 "tie_at_cut": self.rng.choice(["up", "up", "down"])}
        if grade["seats"] != "largest_remainder" and self.chance(0.15):
            grade["heads"] = "인원"
        grade.update({"of_heads": "all"} if self.chance(0.1) else {})
        grade.update({"at_least": dict(zip(self.grades[:-1], ("85", "60")))} if self.chance(0.25) else {})
        return grade

    def rulebook(self, title):
        """The whole rulebook as YAML data."""
        scorecard = self.scorecard()
        if self.measures:
            self.tables.add_measures([node for node in self.scored_nodes if node.startswith("지표")] or ["지표01"])
        data = {"jeoul": "1", "id": title, "title": f"무작위 평가 {title}", "period": {"from": "2017-01-01", "to": "2017-12-31"},
                "tables": self.tables.types, "states": STATE_WORDS, "entities": "부서", **({"groups": "군"} if self.groups else {}),
                "grades": list(self.grades), "scales": self.scales(), "scorecard": scorecard}
        if self.chance(0.5):
            data["adjustments"] = self.adjustments()
        if self.chance(0.3):
            data["gates"] = self.gates()
        if self.chance(0.3):
            data["values"] = {"보조값": f"first({self.maker.number(self.scope(), 1)}, 0)"}
            data["values"]["보조값"] = {"formula": data["values"]["보조값"], "undefined": "0"}
        return {**data, "results": self.results()}


def weight_data(weight):
    """A weight as YAML data."""
    if isinstance(weight, dict):
        return {group: "none" if part is None else shortest_decimal(part) for group, part in weight.items()}
    return shortest_decimal(weight)


def split_kinds(children):
    """Children under `areas:` and `indicators:`, as their kind has it."""
    areas = [child for child in children if {"areas", "indicators", "each"} & set(child)]
    leaves = [child for child in children if child not in areas]
    return {**({"areas": areas} if areas else {}), **({"indicators": leaves} if leaves else {})}


# Writing

def yaml_lines(data, indent=0):
    """YAML in block style, with quotes only where a plain scalar would not do."""
    space = "  " * indent
    for key, value in data.items():
        if isinstance(value, dict):
            yield f"{space}{scalar(key)}:"
            yield from yaml_lines(value, indent + 1)
        elif isinstance(value, list):
            yield f"{space}{scalar(key)}:"
            for item in value:
                yield from item_lines(item, indent + 1)
        else:
            yield f"{space}{scalar(key)}: {scalar(value)}"


def item_lines(item, indent):
    """One item of a list."""
    space = "  " * indent
    if isinstance(item, list):
        yield f"{space}- [{', '.join(map(scalar, item))}]"
    elif isinstance(item, dict):
        first, *rest = yaml_lines(item, indent + 1)
        yield f"{space}- {first.lstrip()}"
        yield from rest
    else:
        yield f"{space}- {scalar(item)}"


def scalar(text):
    """A scalar; the formulas of this generator have no double quotes."""
    return f'"{text}"' if text[:1] in "-[{'\"`&*!|>%@#?:," or ": " in text or " #" in text or text == "" else text


def write_case(seed, folder):
    """Write the case of a seed: rulebook.yaml and data/*.csv."""
    case, folder = Case(seed), Path(folder)
    rulebook = case.rulebook(f"case-{seed}")
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "rulebook.yaml").write_text("\n".join(yaml_lines(rulebook)) + "\n", encoding="utf-8")
    for name, rows in case.tables.rows.items():
        table = case.tables.types[name]
        keys = table["key"] if isinstance(table["key"], list) else [table["key"]]
        columns, encoding = list(dict.fromkeys([*keys, *table["columns"]])), case.rng.choice(["utf-8", "utf-8-sig", "cp949"])
        write_csv(folder / "data" / f"{name}.csv", columns, rows, encoding)


def write_csv(path, columns, rows, encoding):
    """Write one table."""
    with open(path, "w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    write_case(options.seed, options.out)


if __name__ == "__main__":
    main()
