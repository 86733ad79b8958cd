/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a table with a column of every type: refused with diagnostics, or scored.
 */
#include "fuzz.h"

static const char RULEBOOK[] =
    "jeoul: 1\n"
    "id: fuzz\n"
    "period: {from: 2017-01-01, to: 2017-12-31}\n"
    "tables:\n"
    "  표:\n"
    "    key: 이름\n"
    "    columns:\n"
    "      군: [가, 나]\n"
    "      방향: {상향: up, 하향: down}\n"
    "      수: number\n"
    "      금액: {number: {min: 0, thousands: yes, minus: △, blank: 0}}\n"
    "      율: {number: {unit: '%', blank: not_applicable}}\n"
    "      글: text\n"
    "      날: date\n"
    "      달: month\n"
    "      분기: quarter\n"
    "      해: year\n"
    "      등급: {ordered: {of: [하, 중, 상]}}\n"
    "states: {해당없음: not_applicable, 미제출: missing, 미도래: not_due}\n"
    "entities: 표\n"
    "groups: 군\n"
    "grades: [S, A]\n"
    "scorecard:\n"
    "  indicator: {missing: 0, not_applicable: redistribute, not_due: redistribute, undefined: 0}\n"
    "  indicators:\n"
    "    - {id: 하나, weight: 40, score: \"achievement(수, 금액, 방향, form = ratio, cap = 100)\"}\n"
    "    - {id: 둘, weight: 30, score: \"interval(율, low = 10, high = 90, floor = 20)\"}\n"
    "    - {id: 셋, weight: 10, score: \"if 날 >= '2017-06-01' and 달 == '2017-06' then 100 else 50\"}\n"
    "    - {id: 넷, weight: 10, score: \"if 등급 >= '중' or 분기 == '2017-Q1' then 해 - 2000 else 0\"}\n"
    "    - {id: 다섯, weight: 10, score: \"if 글 == '좋음' then 100 else 0\"}\n"
    "results:\n"
    "  round: {total: 2}\n"
    "  rank: {within: group}\n"
    "  grade: {within: group, quota: {S: 50, A: 50}, seats: cumulative_half_up, tie_at_cut: up}\n";

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static jeoul_rulebook *rulebook; /* shared by all inputs: it is immutable */
    if (rulebook == NULL) rulebook = fuzz_rulebook(RULEBOOK);
    fuzz_score(rulebook, "표", (const char *)bytes, length);
    return 0;
}
