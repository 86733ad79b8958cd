"""Tables of the departmental evaluation: 35 offices, 15 towns, their sheets, answers, raters and ledger."""

from city_county_indicators import INDICATORS
from csv_tables import Draw, clamp, decimal, encode, thousands
from department_indicators import OFFICES, TOWN_INDICATORS, TOWNS, lines

DEPARTMENTS = [(name, "실과소") for name in OFFICES] + [(name, "읍면동") for name in TOWNS]
CITY_TITLES = {indicator[0]: indicator[1] for indicator in INDICATORS}

# Offices without civil petitions have no row in the table of petitions.
NO_PETITIONS = {"기획감사실", "전략사업실", "홍보담당관", "의회사무국", "정보통신과", "시설관리사업소"}

# Departments far from the middle: how well they do, in deviations.
OUTSTANDING = {"시민봉사과": 2.4, "세무과": 1.9, "보건소": 2.0, "연산면": 1.9, "강경읍": 1.3}
STEADY = {"주민생활지원과": -0.5, "여성가족과": -0.6, "도시재생과": -0.6}
STRUGGLING = {"시설관리사업소": -3.8, "자원순환과": -2.4, "벌곡면": -2.6, "채운면": -1.5}

# Two towns that end in a tie: both meet every target, and their citizens answer alike.
TWINS = {"부적면": "부창동", "부창동": "부창동"}

# Cells without a number: (department, n-th own indicator) → word of the office.
SHEET_STATES = {("전략사업실", 2): "미도래", ("도시재생과", 0): "미도래", ("건설과", 4): "해당없음",
                ("시설관리사업소", 1): "미제출", ("벌곡면", 3): "미제출", ("가야곡면", 5): "해당없음",
                ("홍보담당관", 4): "미도래"}
NO_TRAINING_REPORT = {"벌곡면", "시설관리사업소"}
INSPECTION_FAILED = {"투자유치과", "채운면"}

# Raters whose scores show the rule: ties at both ends, one far too low, all equal, too few.
FIXED_RATERS = {
    "기획감사실": ["100", "100", "90", "90", "60", "60"],
    "자치행정과": ["95", "95", "95", "95", "95"],
    "환경과": ["100", "91.5", "90.696", "90", "0"],
    "전략사업실": ["95", "86.642", "86.571", "86.5", "70"],
    "건축과": ["100", "100", "100", "70", "70"],
    "농정과": ["92.25", "92.25", "81.5", "81.5", "81.5", "40"],
    "노성면": ["90", "90", "90", "20", "20"],
    "부적면": ["97", "92", "91.85", "91.7", "85"],
    "부창동": ["100", "84.125", "84.125", "83"],
    "의회사무국": ["91", "미제출", "88"],
}
RATERS = ["시장", "부시장", "행정복지국장", "산업건설국장", "기획감사실장", "인사위원1", "인사위원2"]
SURVEY = {"실과소": (32, 25), "읍면동": (44, 20)}           # answers from outside and from inside

AWARDS = ["지방재정 신속집행", "지역복지사업", "민원행정 개선", "재난관리", "친환경농업", "문화관광 활성화", "일자리 창출",
          "지방규제 개혁", "정보공개", "건강증진사업", "청렴도 향상", "자원순환"]
CONTESTS = ["도시활력 증진", "농촌중심지 활성화", "국민체육센터 건립", "작은도서관 조성", "스마트 관광", "마을공방 육성"]
FINDINGS = ["계약 서류 미비", "보조금 정산 지연", "수의계약 사유 미기재", "공유재산 대장 누락", "출장여비 과다 지급"]


def level_of(seed, name):
    """How well a department does on the whole, in deviations."""
    fixed = OUTSTANDING | STEADY | STRUGGLING
    return fixed[name] if name in fixed else Draw(seed, f"level {name}").normal(-0.55, 0.95)


def own_indicators(seed, name, group):
    if group == "실과소":
        return lines(OFFICES[name])
    common = lines(TOWN_INDICATORS)
    draw = Draw(seed, f"choice {name}")
    return common[:3] + draw.some(common[3:], draw.whole(2, 6))


def weights(draw, count):
    """Weights that add up to 100: in fives, every fourth sheet in halves as well."""
    fives = [1] * count
    for _ in range(20 - count):
        n = draw.whole(0, count - 1)
        while fives[n] >= 6:
            n = (n + 1) % count
        fives[n] += 1
    cells = [5.0 * n for n in fives]
    if draw.chance(0.25):
        cells[0], cells[1] = cells[0] + 2.5, cells[1] - 2.5
    return [f"{cell:g}" for cell in cells]


def target_and_actual(draw, group, level, meets, unit, direction, target, digits):
    """A target near the listed one, and what was reached, better for better departments."""
    if group == "읍면동":
        target *= 1 + 0.12 * draw.normal()
    target = min(target, 100.0) if unit == "%" else target
    reached = 0.945 + 0.055 * level + 0.085 * draw.normal()
    if meets:                                    # at least the target, whatever is written of it
        reached = max(reached, 1.0) + 0.02
    actual = target * reached if direction == "상향" else target / reached
    if unit == "%":
        actual = clamp(actual, 0.0, 100.0)
    smallest = 10.0 ** -digits
    return thousands(max(target, smallest), digits), thousands(max(actual, smallest), digits)


def sheet_row(seed, name, group, n, line, weight):
    """One line of 성과지표: department, title, unit, direction, target, actual, weight, city/county indicator."""
    if line in CITY_TITLES:
        return [name, CITY_TITLES[line], "평점", "상향", "", "", weight, line]
    title, unit, direction, target, digits = line.split("|")
    draw = Draw(seed, f"sheet {name} {title}")
    target, actual = target_and_actual(draw, group, level_of(seed, name), name in TWINS, unit, direction,
                                       float(target), int(digits))
    state = SHEET_STATES.get((name, n))
    return [name, title, unit, direction, target, state or actual, weight, ""]


def sheets(seed):
    rows = []
    for name, group in DEPARTMENTS:
        indicators = own_indicators(seed, name, group)
        shares = weights(Draw(seed, f"weights {name}"), len(indicators))
        own = 0
        for line, weight in zip(indicators, shares):
            rows.append(sheet_row(seed, name, group, own, line, weight))
            own += line not in CITY_TITLES
    return encode(["부서", "지표", "단위", "방향", "목표", "실적", "가중치", "시군지표"], rows, "utf-8-sig", "\r\n")


def department_row(seed, name, group):
    draw = Draw(seed, f"department {name}")
    level = level_of(seed, name)
    staff = draw.whole(14, 46) if group == "실과소" else draw.whole(11, 27)
    trained = round(staff * clamp(draw.normal(0.9 + 0.03 * level, 0.05), 0.4, 1.0))
    budget = draw.normal(14000, 4000) if group == "실과소" else draw.normal(1150, 180)
    spent = budget * clamp(draw.normal(0.925 + 0.02 * level, 0.035), 0.6, 0.999)
    letter = "SABCD"[int(clamp(1.9 - 0.6 * level + 0.8 * draw.normal(), 0, 4))]
    proposals = max(0, round(staff * draw.normal(0.35, 0.2)))
    return [name, group, staff, "미제출" if name in NO_TRAINING_REPORT else trained,
            thousands(budget, 1), thousands(spent, 1), decimal(clamp(draw.normal(8.3 + 0.25 * level, 0.4), 5, 10), 2),
            proposals or "", thousands(staff * draw.normal(430, 70)), letter,
            "미흡" if name in INSPECTION_FAILED else "적정"]


def departments(seed):
    header = ["부서", "부서군", "정원", "상시학습 이수인원", "예산액(백만원)", "집행액(백만원)", "청렴점수", "제안건수",
              "연간 업무처리 건수", "역량등급", "실적검증"]
    rows = [department_row(seed, name, group) for name, group in DEPARTMENTS]
    return encode(header, rows, "cp949", "\r\n")


def answer(draw, level):
    """One answer on the scale 1 to 5; one in forty does not know."""
    if draw.chance(0.025):
        return "모름"
    return int(clamp(round(draw.normal(4.0 + 0.2 * level, 0.85)), 1, 5))


def answers(seed):
    rows = []
    for name, group in DEPARTMENTS:
        respondents = TWINS.get(name, name)
        draw = Draw(seed, f"survey {respondents}")
        level = level_of(seed, respondents)
        outside, inside = SURVEY[group]
        kinds = ["외부"] * (outside + draw.whole(-2, 6)) + ["내부"] * (inside + draw.whole(-3, 3))
        rows += [[name, f"{number:03d}", kind, answer(draw, level)] for number, kind in enumerate(kinds, 1)]
    return encode(["부서", "응답자", "고객구분", "점수"], rows)


def rater_scores(seed, name):
    if name in FIXED_RATERS:
        return FIXED_RATERS[name]
    draw = Draw(seed, f"raters {name}")
    centre = 85 + 3.5 * level_of(seed, name)
    scores = []
    for _ in range(draw.whole(5, len(RATERS))):
        step = draw.pick([1, 0.5, 0.25])
        score = clamp(step * round(draw.normal(centre, 4) / step), 40, 100)
        scores.append(f"{score:g}")
    return scores


def raters(seed):
    rows = [[name, rater, score] for name, _ in DEPARTMENTS for rater, score in zip(RATERS, rater_scores(seed, name))]
    return encode(["부서", "평가자", "점수"], rows)


def petitions(seed):
    rows = []
    for name, group in DEPARTMENTS:
        if name in NO_PETITIONS:
            continue
        draw = Draw(seed, f"petitions {name}")
        usual = draw.normal(260, 70) if group == "실과소" else draw.normal(900, 220)
        late = clamp(draw.normal(0.04 - 0.01 * level_of(seed, name), 0.012), 0.002, 0.3)
        for month in range(1, 13):
            received = max(20, round(usual * draw.normal(1, 0.12)))
            kept = received - round(received * late * draw.normal(1, 0.2))
            rows.append([name, f"2017-{month:02d}", thousands(received), thousands(kept)])
    return encode(["부서", "월", "접수", "기한내"], rows, "utf-8", "\r\n")


def ledger_entries(seed, name):
    draw = Draw(seed, f"ledger {name}")
    level = level_of(seed, name)
    entries = []
    for _ in range(draw.whole(0, 2) if level > -0.5 else 0):
        award = draw.pick(AWARDS)
        entries.append(["중앙평가 수상", award, draw.whole(1, 2)])
        if draw.chance(0.35):                    # the same award, entered by two teams
            entries.append(["중앙평가 수상", award, 1])
    entries += [["도 평가 수상", draw.pick(AWARDS), draw.whole(1, 2)] for _ in range(draw.whole(0, 2))]
    entries += [["공모사업 선정", draw.pick(CONTESTS), draw.whole(1, 3)] for _ in range(draw.whole(0, 1))]
    entries += [["감사 지적", draw.pick(FINDINGS), draw.whole(1, 3)] for _ in range(draw.whole(0, 3) // 2)]
    if draw.chance(0.25):
        entries.append(["자료 지연", "월별 실적 제출", draw.whole(1, 4)])
    return entries + EXTRA_ENTRIES.get(name, [])


# What shows the caps and the gates.
EXTRA_ENTRIES = {
    "보건소": [["중앙평가 수상", "건강증진사업", 3], ["중앙평가 수상", "감염병 관리", 2], ["도 평가 수상", "치매안심", 3],
             ["도 평가 수상", "금연사업", 2], ["공모사업 선정", "건강생활지원센터", 4]],
    "시설관리사업소": [["감사 지적", "안전점검 미실시", 4], ["감사 지적", "사용료 감면 부적정", 3], ["자료 지연", "연간 실적 제출", 6],
                 ["징계", "복무 위반", 1]],
    "자원순환과": [["징계", "직무 태만", 2], ["감사 지적", "대행계약 정산 부적정", 6]],
    "건축과": [["금품 비위", "향응 수수", 1], ["징계", "향응 수수", 1]],
    "부창동": [["감사 지적", "수의계약 사유 미기재", 2]],
}


def ledger(seed):
    rows = [[name, number, *entry] for name, _ in DEPARTMENTS
            for number, entry in enumerate(ledger_entries(seed, name), 1)]
    return encode(["부서", "번호", "항목", "사안", "건수"], rows)


def tables(seed):
    """Name of the table → bytes of its file."""
    return {"부서": departments(seed), "성과지표": sheets(seed), "응답": answers(seed), "상위자": raters(seed),
            "민원": petitions(seed), "대장": ledger(seed)}
