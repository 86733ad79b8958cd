# SPDX-License-Identifier: Apache-2.0
"""What comes after the root of a random rulebook: adjustments, gates, ranks and grades."""
from .random_formulas import ROUND_MODES
from .random_tables import GRADES

QUOTAS = (("20", "30", "40", "10"), ("10", "20", "40", "20", "10"), ("33.3", "33.3", "33.4"), ("5", "45", "50"), ("50", "50"))


class Outcomes:
    """Draws them for a case."""

    def __init__(self, case):
        self.case, self.rng, self.chance, self.types = case, case.rng, case.chance, case.tables.types
        self.shares = self.rng.choice(QUOTAS)
        self.grades = GRADES[:len(self.shares)]

    # Adjustments

    def adjustments(self, area_level=False):
        """Bonus and penalty items."""
        items = [self.item() for _ in range(self.rng.randint(1, 3))]
        limits = {"bonus": self.rng.choice(["1", "2.5", "5"]), "penalty": self.rng.choice(["1", "3"])}
        limits.update({"total": ["0", self.rng.choice(["100", "none"])]} if not area_level and self.chance(0.6) else {})
        limits.update({"total": [self.rng.choice(["none", "5"]), "20"]} if area_level and self.chance(0.2) else {})
        return {**({"limits": limits} if self.chance(0.7) else {}), "items": items}

    def item(self):
        """One item: over the ledger, or a formula over the entity."""
        pick, chance = self.rng.choice, self.chance
        item = {"id": self.case.new_id("가감"), "kind": pick(["bonus", "bonus", "penalty"])}
        item.update({"cap": pick(["1", "2", "0.75", "인원 / 4"])} if chance(0.5) else {})
        item.update({"missing": pick(["0", "0.5", "none", "인원 / 10"]), "unknown": pick(["0", "1", "redistribute", "인원 / 8"])}
                    if chance(0.96) else {})
        if "대장" not in self.types:
            item.update({"where": pick(["유형 != '갑'", "수1 > 3"])} if chance(0.3) else {})
            return {**item, "points": pick(["if 등급 == 'S' then 1.5 else 0", "0.3 * 배율", "max(0, first(수1, 0) - 5) / 10", "abs(수2) / 50"])}
        item.update({"each": "대장", "points": pick(["0.5 * 건수", "1", "건수 ^ 2 / 3", "건수 * 배율"])})
        item.update({"where": pick(["항목 == '수상'", "항목 in ('제안', '징계')", "건수 > 1", "유형 == '갑' or 항목 == '제안'"])} if chance(0.6) else {})
        item.update({"once": "사안"} if chance(0.4) else {})
        return item

    # Gates

    def gates(self):
        """Conditions that hold grades down."""
        return [self.gate() for _ in range(self.rng.randint(1, 2))]

    def gate(self):
        """One gate."""
        effect = {"cap": self.rng.choice(self.grades[1:])} if self.chance(0.6) else {"down": self.rng.choice("12")}
        node = self.rng.choice([*self.case.scored_nodes, "수1"])
        condition = self.rng.choice(["유형 != '병'", "수1 >= 1", "total >= 50", "등급 != 'D'", "base < 80 or 난이도 >= '중'", f"{node} > 60"])
        return {"id": self.case.new_id("관문"), "pass": condition, **effect, "unknown": self.rng.choice(["pass", "fail"])}

    # Results

    def results(self):
        """Rounding of the total, ranks and grades."""
        pick, within = self.rng.choice, self.within()
        rounding = {"total": pick(["2", "2", "1", "0", "3", "-1"])}
        rounding.update({"mode": pick(ROUND_MODES)} if self.chance(0.4) else {})
        rank = {"within": within, "by": pick(["published", "published", "raw", "1"]), "best": pick(["high", "high", "high", "low"]),
                "ties": pick(["min", "min", "max", "dense", "average"])}
        rank.update({"then": self.tie_breakers()} if self.chance(0.6) else {})
        rank.update({"where": pick(["유형 != '병'", "수1 > 0", "total > 20"])} if self.chance(0.15) else {})
        grading = self.grading(within if self.chance(0.8) else self.within())
        return {"round": rounding, **({"rank": rank} if self.chance(0.92) else {}), "grade": grading}

    def within(self):
        """Who stands against whom."""
        return "group" if self.case.groups and self.chance(0.7) else "all"

    def tie_breakers(self):
        """A chain of nodes, columns and formulas."""
        numbers = self.case.numbers
        entries = [*self.case.scored_nodes[-5:], *numbers[:2], {"low": "인원"}, "인원 + 1", {"low": numbers[-1]}, "착수", {"high": "난이도"}]
        return self.rng.sample(entries, self.rng.randint(1, 3))

    def grading(self, within):
        """Grades by quota or by cut-offs, and sometimes grades of nodes as well."""
        total = self.quota(within) if self.chance(0.65) else self.by_cutoffs()
        return total if self.chance(0.75) else [total, self.of_nodes()]

    def by_cutoffs(self):
        """Cut-offs of the total."""
        form = self.rng.choice(["falling", "falling", "rising", "otherwise", "column"])
        if form == "rising":
            return {"cutoffs_at_most": dict(zip(self.grades[:-1], ("20", "50", "70", "90"))), "otherwise": self.grades[-1]}
        cutoffs = self.cutoffs(self.rng.choice([("90", "80", "70", "60"), ("60", "55", "50", "45"), ("200", "100", "50", "20.5")]))
        if form == "column":
            cutoffs[self.grades[0]] = "100 + 인원"
        if form == "otherwise":
            cutoffs[self.grades[-1]] = "10"
        return {"cutoffs": cutoffs, **({"by": "value"} if self.chance(0.2) else {}),
                **({"otherwise": self.rng.choice(["none", self.grades[-1]])} if form == "otherwise" else {})}

    def of_nodes(self):
        """Grades of nodes."""
        of = self.rng.choice(["nodes", "leaves", [node for node in self.case.node_ids if self.chance(0.5)] or "nodes"])
        return {"of": of, **({"by": "value"} if self.chance(0.3) else {}), "cutoffs": self.cutoffs(("90", "80", "70", "60"))}

    def cutoffs(self, numbers):
        """A cut-off for every grade, 0 for the last one."""
        return dict(zip(self.grades, (*numbers[:len(self.grades) - 1], "0")))

    def quota(self, within):
        """A quota of 100 %, mostly by cumulated seats."""
        seats = ["cumulative_half_up"] * 10 + ["cumulative_floor", "cumulative_ceiling", "largest_remainder"] * 3 + ["each_half_up"]
        grade = {"within": within, "quota": dict(zip(self.grades, self.shares)), "seats": self.rng.choice(seats),
                 "tie_at_cut": self.rng.choice(["up"] * 8 + ["down"] * 8 + ["error"])}
        grade.update({"heads": "인원"} if self.chance(0.15) else {})
        grade.update({"of_heads": "all"} if self.chance(0.1) and grade["seats"] != "each_half_up" else {})
        if self.chance(0.3):
            grade["at_least"] = dict(zip(self.grades[:-1], self.rng.choice([("85", "60"), ("30", "20", "10")])))
            grade.update({"refill": "yes"} if self.chance(0.4) else {})
        return grade
