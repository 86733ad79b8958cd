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
from .random_results import Outcomes
from .random_tables import GRADES, STATE_WORDS, Tables, chance, cut

GROUPS = ("실과소", "읍면동", "사업소")
UNDEFINED = ("0", "0", "50", "missing", "not_applicable", "not_due", "12.345", "median(수1 over all, fewer = 1)")
MISSING = ("0", "20", "redistribute", "redistribute", "mean(score over all, fewer = 3)", "median(score over group, fewer = 0)", "33.335")
COMBINATIONS = ("mean", "median", "min", "max", "geometric", "harmonic", {"power": "2"}, {"power": "0.5"}, {"power": "-1"})
CONDITIONS = ("유형 != '갑'", "등급 in ('S', 'A', 'B')", "착수 <= '2017-09-30'", "수1 > 2")


class Case:
    """One random rulebook with its tables."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.maker = FormulaMaker(self.rng)
        self.groups = GROUPS[:self.rng.choice([0, 0, 2, 2, 3])]
        self.tables = Tables(self.rng, self.groups, two_keys=self.chance(0.12))
        self.numbers, self.types = self.tables.numbers, self.tables.types
        self.two_groups = bool(self.groups) and not self.tables.blank_words["유형"] and self.chance(0.1)
        self.by_group = () if self.two_groups else self.groups
        self.used_ids, self.node_ids, self.scored_nodes, self.referable, self.adding = 0, [], [], [], []
        self.measures = self.chance(0.4)
        self.points_rounded = False
        self.aids = self.named_columns()
        self.outcomes = Outcomes(self)

    def chance(self, probability):
        """True with that probability."""
        return chance(self.rng, probability)

    def new_id(self, word):
        """An id that nothing has yet."""
        self.used_ids += 1
        return f"{word}{self.used_ids:02}"

    # Scales and scopes

    def scales(self):
        """Steps, bands, a curve and a lookup."""
        return {
            "구간": {"at_least": {"90": "100", "70": "90", "0.5": "80"}, "otherwise": "70"},
            "이하구간": {"at_most": {"1": "100", "5": "95", "50": "60.5"}, "otherwise": "40"},
            "끝없는구간": {"at_least": {"50": "100", "2.5": "70"}},
            "띠": [{"at_least": "50", "score": "100"}, {"above": "5", "below": "50", "score": "85"}, {"at_most": "5", "score": "60"}],
            "곡선": {"curve": [["0", "0"], ["5", "50"], ["90", "80"], ["100", "100"]],
                   **({"below": self.rng.choice(["hold", "extend"])} if self.chance(0.8) else {}),
                   **({"above": self.rng.choice(["hold", "extend"])} if self.chance(0.8) else {})},
            "등급점수": dict(zip(GRADES, ("100", "95", "90", "85", "80"))), "상급점수": {"S": "100", "A": "90.5", "otherwise": "70"}}

    def named_columns(self):
        """Named values that are made of columns only, so that scores may name them."""
        if not self.chance(0.4):
            return {}
        formula = self.rng.choice([f"first({self.maker.number(self.scope(), 1)}, 0)", self.maker.number(self.scope(), 1)])
        if self.by_group and self.chance(0.2):
            formula = {group: self.maker.number(self.scope(), 1) for group in self.groups}
        return {"보조값": {"formula": formula, "undefined": self.rng.choice(["0", "missing"])}}

    def scope(self):
        """What an indicator's formula may name: columns of the entity, and the other tables."""
        boss = self.tables.has_boss
        scope = Scope([*self.numbers, "배율"], scales=["구간", "이하구간", "끝없는구간", "띠", "곡선"],
                      lookups=["등급점수(등급)", "100 * 배율", "상급점수(등급)"], nodes=self.referable[-6:], plan="계획" in self.types, boss=boss)
        scope.numbers += ["상위.수1", "상위.수2", "상위.배율"] if boss else []
        scope.lookups += ["등급점수(상위.등급)"] if boss else []
        scope.numbers += ["기준표.기준값", "기준표.가산"] if "기준표" in self.types else []
        scope.numbers += list(getattr(self, "aids", ()))
        if "단가" in self.types:
            scope.numbers.append("단가.금액" if self.types["단가"]["key"] == "유형" else "only(단가.금액)")
        if "응답" in self.types and not (self.chance(0.2) and "심사" in self.types):
            scope.rows = ["응답.점수", *(f"응답.{name}" for name in self.types["응답"].get("derive", {}))]
            scope.row_weights = {name: "응답.비중" for name in scope.rows}
            scope.row_conditions = ["성별 == '여'", "점수 > 1", "비중 >= 1", "성별 == '남' and 점수 < 수1", "점수 in (1, 3, 비중)"]
        elif "심사" in self.types:
            scope.rows = ["심사.평점", "심사.조정"]
            scope.row_conditions = ["평점 >= 70", "위원 != '위원2'"]
        if "이력" in self.types:
            scope.histories = ["이력.과거", f"[{', '.join(self.rng.choices(self.numbers, k=self.rng.randint(3, 5)))}]"]
        return scope

    # The tree

    def weights(self, whole, count):
        """Weights of siblings that add up to the parent's: numbers, or one per group with now and then none."""
        if not isinstance(whole, dict) and not (self.by_group and self.chance(0.3)):
            return cut(self.rng, whole, count)
        by_group = {}
        for group in self.groups:
            own = whole[group] if isinstance(whole, dict) else whole
            by_group[group] = [None] * count if own is None else self.group_weights(own, count)
        return [{group: by_group[group][place] for group in self.groups} for place in range(count)]

    def group_weights(self, whole, count):
        """The weights for one group; sometimes one child is not for this group, or weighs nothing."""
        if whole == 0:
            return [whole] * count
        if count < 2 or self.chance(0.7):
            return cut(self.rng, whole, count)
        parts = cut(self.rng, whole, count - 1)
        left_out = self.rng.randrange(count)
        return [*parts[:left_out], self.rng.choice([None, None, Fraction(0)]), *parts[left_out:]]

    def rounding(self):
        """Rounding and printed digits of a node, or nothing."""
        mode = self.rng.choice(["half_up", "half_up", *ROUND_MODES])
        return self.rng.choice([{}] * 7 + [{"round": "1"}, {"round": "2"}, {"round": "0"}, {"round": "-1"}, {"digits": "2"},
                                          {"round": "3", "digits": "1"}, {"round": {"points": "2"}},
                                          {"round": {"score": "2", "points": "2", "mode": mode}}, {"round": {"score": "1", "mode": mode}}])

    def node(self, depth, weight, adds):
        """An area, a sheet or an indicator; `adds`: all above it add points."""
        own = {} if weight is None else {"weight": weight_data(weight)}
        if depth > 0 and self.chance(0.6):
            return self.area(depth - 1, own, weight, adds)
        if "과제" in self.types and self.chance(0.25):
            return self.sheet(own, adds)
        return self.indicator(own, adds)

    def area(self, depth, own, weight, adds):
        """An area with children under one of the ways to combine them."""
        count = self.rng.randint(1, 4)
        kind = self.rng.choice(["mean"] * 8 + ["free", "columns", "equal", "hundred", "combine", "combine", "sum", "formula"])
        area = {"id": self.new_id("분야"), **own, **self.rounding(), **self.area_policies(), **self.below(kind, depth, weight, count, adds)}
        if kind in ("mean", "free", "columns") and self.chance(0.15):
            area["adjustments"] = self.outcomes.adjustments(area_level=True)
            area.update({"over_full": "yes"} if self.chance(0.3) else {})
        return self.named(area, adds)

    def area_policies(self):
        """What an area says of itself, now and then."""
        if not self.chance(0.12):
            return {}
        return self.rng.choice([{"missing": "mean(score over group, fewer = 2)"}, {"missing": "none"}, {"not_applicable": "40"},
                                {"not_due": "none"}, {"undefined": "missing"}, {"applies": self.rng.choice(CONDITIONS)}])

    def below(self, kind, depth, weight, count, adds):
        """The children of an area and the keys that say how they combine."""
        if kind in ("sum", "formula"):
            children = [self.node(depth, None, False) for _ in range(count)]
            ids = [child["id"] for child in children]
            formula = self.rng.choice([" + ".join(ids), f"max({ids[0]}, 50)", f"0.4 * {ids[-1]} + 30", f"first({ids[0]}, 수1)"])
            return {**({"combine": "sum"} if kind == "sum" else {"score": formula}), **split_kinds(children)}
        how = self.combined() if kind in ("equal", "combine") else {}
        adds = adds and how.get("combine", "mean") == "mean"
        if kind == "equal":
            return {**how, **split_kinds([self.node(depth, None, adds) for _ in range(count)])}
        if kind == "mean" and weight and not isinstance(weight, str):
            return split_kinds([self.node(depth, part, adds) for part in self.weights(weight, count)])
        if kind in ("free", "columns") or kind == "combine" and self.chance(0.5):
            return {"weight_total": "free", **how, **split_kinds([self.node(depth, part, adds) for part in self.free_weights(kind, count)])}
        return {"weight_total": "100", **how, **split_kinds([self.node(depth, part, adds) for part in self.weights(Fraction(100), count)])}

    def free_weights(self, kind, count):
        """Weights that add up to anything; with zeros, or from columns."""
        if kind == "columns":
            return [self.rng.choice(["인원", "first(배율, 1)", "if 등급 == 'S' then 2 else 1", "max(0, first(수1, 1))"]) for _ in range(count)]
        parts = [Fraction(self.rng.choice([0, 1, 2, 3, 5])) for _ in range(count)]
        return parts if self.chance(0.1) else [*parts[:-1], parts[-1] + 1]

    def combined(self):
        """A way to combine other than the mean, most of the time."""
        return {"combine": self.rng.choice(COMBINATIONS)}

    def sheet(self, own, adds):
        """One indicator per task."""
        scope = Scope(["성과", "기준", "성과", *self.numbers[:2]], scales=["구간", "곡선"], boss=self.tables.has_boss,
                      peers=("all", "group", "과제", "유형, 반기"))
        row = {"score": self.maker.score(scope), **self.policies(), **self.rounding()}
        if self.chance(0.3):
            row.update({"value": self.maker.number(scope, 1), "impute": self.rng.choice(["0", "mean(value over all, fewer = 1)", "기준"])})
            row["score"] = self.rng.choice(["value", "achievement(value, 기준, up, cap = 100)", "percentile(value over group, best = high)"])
        sheet = {"id": self.new_id("과제군"), **own, **self.rounding(), **self.area_policies(), "each": "과제"}
        kind = self.rng.choice(["hundred"] * 6 + ["free", "equal", "combine", "where", "where", "sum", "formula"])
        sheet.update({"weight_total": "100" if kind in ("hundred", "combine") else "free"} if kind not in ("equal", "sum", "formula") else {})
        row.update({"weight": "비중"} if "weight_total" in sheet else {})
        sheet.update(self.combined() if kind in ("equal", "combine") else {"combine": "sum"} if kind == "sum" else {})
        sheet.update({"where": self.rng.choice(["반기 == '상반기'", "기준 > 2"])} if kind == "where" else {})
        sheet.update({"score": "10 * count(과제 where 성과 >= 기준)"} if kind == "formula" else {})
        return self.named({**sheet, "indicator": row}, adds)

    def indicator(self, own, adds):
        """An indicator with a random method."""
        if self.chance(0.05) and "단독" not in self.node_ids:
            self.node_ids.append("단독")
            self.scored_nodes.append("score(단독)")
            return {"id": "단독", **own, **self.rounding()}
        scope = self.scope()
        if self.measures and self.chance(0.6):
            scope.numbers = ["실적값", "목표값", "실적값", "전년값", "정의서.최저", "정의서.최고", *self.numbers[:1]]
        leaf = {"id": self.new_id("지표"), **own, **self.rounding(), **(self.policies() if self.chance(0.3) else {})}
        leaf.update(self.valued(scope))
        leaf.update({"applies": self.rng.choice(CONDITIONS)} if self.chance(0.08) else {})
        return self.named(leaf, adds)

    def valued(self, scope):
        """A value, sometimes, and the score."""
        leaf = {}
        if self.chance(0.4):
            leaf["value"] = self.rng.choice(scope.numbers) if self.chance(0.6) else self.maker.number(scope, 1)
            if self.by_group and self.chance(0.1):
                leaf["value"] = {group: self.maker.number(scope, 1) for group in self.groups}
            impute = self.rng.choice(["0", "mean(value over all, fewer = 2)", "median(value over group, fewer = 1)"])
            leaf.update({"impute": impute} if self.chance(0.2) else {})
            scope.numbers = ["value", "value", "value", *scope.numbers[:2]]
        if "value" in leaf and self.chance(0.1):
            return leaf
        return {**leaf, "score": self.scores(scope)}

    def named(self, node, adds):
        """The node, from now on known to formulas.

        One with rounded points below is known to tie-breakers only: its score hangs on the weights of all nodes.
        """
        self.node_ids.append(node["id"])
        self.scored_nodes.append(node["id"])
        self.adding += [node["id"]] if adds else []
        rounds_points = any(key in str(node) for key in ("'points': '2'", "adjustments"))
        if "score" in node and "each" not in node or not rounds_points and not self.points_rounded:
            self.referable.append(node["id"])
        return node

    def scores(self, scope):
        """A score, sometimes one formula per group."""
        if self.by_group and self.chance(0.1):
            return {group: "none" if self.chance(0.15) else self.maker.score(scope) for group in self.groups}
        return self.maker.score(scope)

    def policies(self):
        """What states become; `none` and `error` are rare, as they leave little to compare."""
        pick = self.rng.choice
        policies = {"missing": pick(MISSING) if self.chance(0.97) else "none", "undefined": pick(UNDEFINED)}
        policies.update({"not_applicable": pick(["redistribute", "0", "100", "인원"])} if self.chance(0.3) else {})
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
        root = {**({"id": "전체"} if self.chance(0.1) else {}), **({"measures": "실적"} if self.measures else {}),
                **({} if whole == 100 else {"weight": shortest_decimal(whole)}),
                "missing": self.rng.choice(["0", "redistribute"]), "undefined": "0", **self.rounding()}
        if self.chance(0.02) and not self.measures:
            self.scored_nodes.append("score(전체)" if "id" in root else "수1")
            return {**root, **self.valued(self.scope())}
        depth = self.rng.randint(0, 2)
        return {**root, **shared, **split_kinds([self.node(depth, part, True) for part in self.weights(whole, count)])}

    # The whole

    def named_results(self):
        """Named values that are made of nodes and totals."""
        formulas = ["total - base", "rank(total over group, best = high)", "mean(base over all)", "first(total, 0) - 수1"]
        formulas += [f"100 * {self.rng.choice(self.referable)} / total"] if self.referable else []
        adding = self.rng.choice(self.adding) if self.adding else None
        formulas += [f"points({adding})", f"weight({adding})", f"points({adding}) / weight({adding})"] * 2 if adding else []
        return {f"결과값{place}": {"formula": self.rng.choice(formulas), "undefined": "0", **({"digits": "2"} if self.chance(0.3) else {})}
                for place in range(self.rng.randint(0, 2))}

    def rulebook(self, title):
        """The whole rulebook as YAML data."""
        scorecard = self.scorecard()
        if self.measures:
            self.tables.add_measures([node for node in self.node_ids if node.startswith("지표")] or ["지표01"])
        data = {"jeoul": "1", "id": title, "title": f"무작위 평가 {title}", "period": {"from": "2017-01-01", "to": "2017-12-31"},
                "tables": self.types, "states": STATE_WORDS, "entities": "부서"}
        data.update({"groups": ["군", "유형"] if self.two_groups else "군"} if self.groups else {})
        data.update({"grades": list(self.outcomes.grades), "scales": self.scales(), "scorecard": scorecard})
        values = {**self.aids, **self.named_results()}
        data.update({"values": values} if values else {})
        data.update({"adjustments": self.outcomes.adjustments()} if self.chance(0.5) else {})
        data.update({"gates": self.outcomes.gates()} if self.chance(0.3) else {})
        return {**data, "results": self.outcomes.results()}


def weight_data(weight):
    """A weight as YAML data: a number, a formula, or one per group."""
    if isinstance(weight, dict):
        return {group: "none" if part is None else shortest_decimal(part) for group, part in weight.items()}
    return weight if isinstance(weight, str) else shortest_decimal(weight)


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
        columns = list(rows[0]) if rows else list(dict.fromkeys([*keys, *table["columns"]]))
        write_csv(folder / "data" / f"{name}.csv", columns, rows, case.rng.choice(["utf-8", "utf-8-sig", "cp949"]))


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
