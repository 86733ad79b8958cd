/* SPDX-License-Identifier: Apache-2.0
 *
 * The public header stands alone in C++17. */
#include <jeoul/jeoul.h>

int main() {
    const jeoul_rulebook_options rulebook = JEOUL_RULEBOOK_OPTIONS_INIT;
    const jeoul_score_options score = JEOUL_SCORE_OPTIONS_INIT;
    const jeoul_explain_options explain = JEOUL_EXPLAIN_OPTIONS_INIT;
    return rulebook.struct_size == 0 || score.struct_size == 0 || explain.struct_size == 0;
}
