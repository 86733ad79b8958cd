"""Tables of the city/county evaluation: 15 entities, 168 indicators, five earlier years."""

from city_county_indicators import INDICATORS, UP
from csv_tables import Draw, clamp, decimal, encode, thousands

# name, group, inhabitants, how well it does on the whole (in deviations), has a coast
ENTITIES = [
    ("천안시", "시부", 617955, 0.55, False),
    ("공주시", "시부", 109931, 0.05, False),
    ("보령시", "시부", 103620, -0.45, True),
    ("아산시", "시부", 302929, 1.05, True),
    ("서산시", "시부", 172423, 0.30, True),
    ("논산시", "시부", 123213, 0.80, False),
    ("계룡시", "시부", 42634, -0.70, False),
    ("당진시", "시부", 166630, 0.10, True),
    ("금산군", "군부", 54148, -0.25, False),
    ("부여군", "군부", 70219, 0.40, False),
    ("서천군", "군부", 55624, 0.10, True),
    ("청양군", "군부", 32837, 0.75, False),
    ("홍성군", "군부", 99971, 0.60, True),
    ("예산군", "군부", 81339, -0.55, False),
    ("태안군", "군부", 63932, -1.10, True),
]
YEAR = 2016
EARLIER = range(YEAR - 5, YEAR)
PER = {"per 1000": 1_000, "per 10000": 10_000, "per 100000": 100_000}
LETTERS = ["S", "A", "B", "C", "D"]
NINE_LETTERS = ["A+", "A0", "B+", "B0", "C", "D+", "D0", "E+", "E0"]
PANEL = 5

# Indicators of livestock (계룡시 has none) and of the sea (eight entities have no coast).
LIVESTOCK = {"I0201", "I0202", "I0203", "I0204", "I0205"}
FISHERY = {"I0301", "I0302", "I0303", "I0304"}
NOT_DUE = {("당진시", "H0103"), ("계룡시", "H0103"), ("금산군", "J0105"), ("서천군", "D0202"), ("아산시", "J0102")}
MISSING = {("보령시", "C0306"), ("보령시", "D0105"), ("계룡시", "F0105"), ("금산군", "E0105"), ("예산군", "D0201"),
           ("예산군", "G0103"), ("태안군", "F0204"), ("태안군", "C0104"), ("공주시", "H0204")}
FIRE_FREE = {"청양군", "계룡시"}             # no forest fire: 0 ha

# Items of the checklists: (item, points)
CHECKLISTS = {
    "A0203": [("위원 위촉", 20), ("정기회의 개최", 30), ("회의록 공개", 20), ("주민총회 운영", 30)],
    "A0307": [("예산 공시", 25), ("결산 공시", 25), ("주요사업 공시", 20), ("주민참여예산 공시", 20), ("검색 기능", 10)],
    "B0106": [("전담인력 배치", 30), ("방문상담 일지", 30), ("사례회의", 20), ("차량 운영", 10), ("만족도 조사", 10)],
    "C0206": [("방역장비 점검", 25), ("취약지 소독", 35), ("소독의무시설 관리", 25), ("주민 홍보", 15)],
    "D0304": [("물가조사", 30), ("명절 대책", 25), ("가격표시제 점검", 25), ("물가모니터 운영", 20)],
    "E0204": [("관리비 공개", 25), ("장기수선계획", 25), ("안전점검", 30), ("분쟁조정위원회", 20)],
    "F0203": [("안내소 운영", 30), ("외국어 안내", 20), ("안내판 정비", 25), ("해설사 배치", 25)],
    "F0304": [("화재감지기", 30), ("경비인력", 25), ("정기점검", 25), ("소방훈련", 20)],
    "H0206": [("안전요원 배치", 35), ("위험구역 지정", 20), ("구명장비 비치", 25), ("안전표지 정비", 20)],
    "J0103": [("기본계획 수립", 30), ("인권교육", 25), ("인권위원회", 25), ("실태조사", 20)],
}


def quality(draw, entity):
    """How well an entity does on one indicator, in deviations: its general level and chance."""
    return 0.6 * entity[3] + 0.75 * draw.normal()


def limit(x, unit):
    """A percentage stays within 0 and 100, anything else above zero."""
    return clamp(x, 0.0, 100.0) if unit == "%" else max(x, 0.0)


def is_not_applicable(entity, indicator):
    return (indicator in FISHERY and not entity[4]) or (indicator in LIVESTOCK and entity[0] == "계룡시")


def letter(draw, entity, letters):
    """A letter of a scale, the best ones for the best entities."""
    share = clamp(0.42 - 0.17 * quality(draw, entity), 0.0, 0.999)
    return letters[int(share * len(letters))]


def actual_of(draw, entity, indicator):
    """The measured value of the year, as a number in the indicator's own unit."""
    name, _, inhabitants, _, _ = entity
    ident, _, unit, direction, kind, typical, spread, digits = indicator
    if ident == "G0301" and name in FIRE_FREE:
        return 0.0
    value = limit(typical + direction * spread * quality(draw, entity), unit)
    if kind in PER:
        return round(value * inhabitants / PER[kind])
    return round(value, digits)


def target_of(draw, indicator):
    _, _, unit, direction, kind, typical, spread, digits = indicator
    shift = 0.1 if kind == "met" else 0.45
    return limit(typical + direction * spread * (shift + 0.35 * draw.normal()), unit)


def state_of(entity, indicator):
    """The word an office writes instead of a number, or None."""
    pair = (entity[0], indicator)
    if is_not_applicable(entity, indicator):
        return "해당없음"
    if pair in NOT_DUE:
        return "미도래"
    return "미제출" if pair in MISSING else None


def measure_row(seed, entity, indicator):
    """One line of 지표실적: entity, id, actual, target, letter, nine-letter grade."""
    ident, kind = indicator[0], indicator[4]
    draw = Draw(seed, f"measure {entity[0]} {ident}")
    state = state_of(entity, ident)
    if kind == "letter":
        return [entity[0], ident, "", "", state or letter(draw, entity, LETTERS), ""]
    if kind == "nine letters":
        return [entity[0], ident, "", "", "", state or letter(draw, entity, NINE_LETTERS)]
    needs_target = kind in ("achievement", "met")
    if state:
        target = {"해당없음": state, "미도래": thousands(target_of(draw, indicator), indicator[7])}.get(state, "")
        return [entity[0], ident, state, target if needs_target else "", "", ""]
    digits = 0 if kind in PER else indicator[7]
    actual = thousands(actual_of(draw, entity, indicator), digits)
    target = thousands(target_of(draw, indicator), indicator[7]) if needs_target else ""
    return [entity[0], ident, actual, target, "", ""]


def measures(seed):
    rows = [measure_row(seed, entity, indicator) for entity in ENTITIES for indicator in INDICATORS
            if indicator[4] not in ("checklist", "panel")]
    return encode(["시군", "지표", "실적", "목표", "등급", "정성등급"], rows, "utf-8-sig", "\r\n")


def history_row(seed, entity, indicator):
    """Five earlier years that lead up to the year judged, one cell per year."""
    ident, _, unit, direction, kind, typical, spread, digits = indicator
    draw = Draw(seed, f"history {entity[0]} {ident}")
    actual = actual_of(Draw(seed, f"measure {entity[0]} {ident}"), entity, indicator)
    # The part of an entity's lead that it already had: better entities have improved more.
    step = direction * spread * (0.12 + 0.22 * entity[3] + 0.10 * draw.normal())
    noise = 0.3 if kind == "improvement" else 0.45
    level = actual - direction * spread * 0.35 * draw.normal(0.2)
    return [limit(level - step * (YEAR - year) + spread * noise * draw.normal(), unit) for year in EARLIER]


def history(seed):
    rows = []
    for entity in ENTITIES:
        for indicator in INDICATORS:
            if indicator[4] in ("history", "improvement") and not is_not_applicable(entity, indicator[0]):
                values = history_row(seed, entity, indicator)
                rows += [[entity[0], indicator[0], year, thousands(value, indicator[7])]
                         for year, value in zip(EARLIER, values)]
    return encode(["시군", "지표", "연도", "실적"], rows, "cp949", "\r\n")


def nice(x, unit, digits):
    return decimal(limit(x, unit), digits)


def definition_row(indicator):
    """What the manual fixes: 최저, 최고, 적정, 허용, 비관, 보통, 낙관."""
    ident, title, unit, direction, kind, typical, spread, digits = (list(indicator) + [None] * 3)[:8]
    cells = dict.fromkeys(("최저", "최고", "적정", "허용", "비관", "보통", "낙관"), "")
    at = lambda k: nice(typical + direction * spread * k, unit, digits if kind not in PER else 1)
    if kind == "interval" or kind in PER:
        cells |= {"최저": at(-2.4), "최고": at(1.4)}
    elif kind == "band":
        cells |= {"최저": nice(typical - spread * 0.6, unit, digits), "최고": nice(typical + spread * 0.6, unit, digits),
                  "허용": decimal(spread * 2.5, digits)}
    elif kind == "middle":
        cells |= {"적정": decimal(typical, digits), "허용": decimal(spread * 3, digits)}
    elif kind == "beta":
        cells |= {"비관": at(-2.6), "보통": at(-0.2), "낙관": at(2.0)}
    return [ident, title, unit, "상향" if direction == UP else "하향", *cells.values()]


def definitions():
    header = ["지표", "지표명", "단위", "방향", "최저", "최고", "적정", "허용", "비관", "보통", "낙관"]
    return encode(header, [definition_row(indicator) for indicator in INDICATORS])


def plans():
    """Planned lowest and highest targets per year, rising towards the plan's last year."""
    rows = []
    for indicator in INDICATORS:
        if indicator[4] != "path":
            continue
        ident, _, unit, direction, _, typical, spread, digits = indicator
        for year in range(YEAR - 2, YEAR + 3):
            ahead = 0.3 * (year - YEAR)
            rows.append([ident, year, nice(typical + direction * spread * (ahead - 2.2), unit, digits),
                         nice(typical + direction * spread * (ahead + 1.2), unit, digits)])
    return encode(["지표", "연도", "최저", "최고"], rows)


def checks(seed):
    rows = []
    for entity in ENTITIES:
        for ident, items in CHECKLISTS.items():
            draw = Draw(seed, f"check {entity[0]} {ident}")
            for item, points in items:
                done = draw.chance(clamp(0.82 + 0.12 * entity[3], 0.0, 1.0))
                rows.append([entity[0], ident, item, "예" if done else "아니오", points])
    return encode(["시군", "지표", "항목", "이행", "배점"], rows)


def panels(seed):
    """Scores of the panel, one column per member as the form has it; a member of an entity's own district abstains."""
    rows = []
    for entity in ENTITIES:
        for indicator in INDICATORS:
            if indicator[4] != "panel":
                continue
            draw = Draw(seed, f"panel {entity[0]} {indicator[0]}")
            centre = 81 + 6 * quality(draw, entity)
            scores = [decimal(clamp(round(2 * draw.normal(centre, 4)) / 2, 50, 100), 1) for _ in range(PANEL)]
            if draw.chance(0.2):
                scores[draw.whole(0, PANEL - 1)] = ""
            rows.append([entity[0], indicator[0], *scores])
    return encode(["시군", "지표", *(f"위원{n}" for n in range(1, PANEL + 1))], rows)


def ledger(seed):
    rows = []
    for entity in ENTITIES:
        measured = [indicator[0] for indicator in INDICATORS
                    if indicator[4] == "achievement" and not state_of(entity, indicator[0])]
        draw = Draw(seed, f"ledger {entity[0]}")
        entries = [["우수시책 전파", "", draw.whole(1, 2)] for _ in range(draw.whole(0, 2))]
        for _ in range(draw.whole(0, 4)):
            ident = draw.pick(measured)
            entries.append(["실적 오입력", ident, draw.whole(1, 6)])
            if draw.chance(0.3):                 # the same indicator, reported once more
                entries.append(["실적 오입력", ident, draw.whole(1, 6)])
        if draw.chance(0.4):
            entries.append(["증빙 미제출", draw.pick(measured), draw.whole(1, 7)])
        rows += [[entity[0], number, *entry] for number, entry in enumerate(entries, 1)]
    return encode(["시군", "번호", "항목", "지표코드", "건수"], rows)


def entities():
    rows = [[name, group, thousands(inhabitants)] for name, group, inhabitants, _, _ in ENTITIES]
    return encode(["시군", "부군", "주민등록인구(명)"], rows)


def tables(seed):
    """Name of the table → bytes of its file."""
    return {"시군": entities(), "지표실적": measures(seed), "정의서": definitions(), "이력": history(seed),
            "계획": plans(), "점검": checks(seed), "정성": panels(seed), "가감대장": ledger(seed)}
