#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds and tests everything; the last line says `N passed, M failed`. Exit status 0 if nothing failed.
#
# usage: tests/run.sh [--quick | --coverage | PART...]
#
#   gcc clang   each with warnings as errors and the address and undefined-behaviour sanitizers
#   release     the plain release build; also the bare build and the use as a subproject
#   coverage    gcc's line coverage of src/; fails below COVERAGE_MINIMUM (95) percent
#   fuzz        each fuzzer for FUZZ_SECONDS (60)
#
# Without arguments: all parts. --quick: gcc alone. --coverage: coverage alone. Builds lie in BUILD (build-tests); packages that
# are missing are installed by tests/packages.sh.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2

build=${BUILD:-build-tests}
python=/usr/bin/python3
n_passed=0 n_failed=0
summary=()

export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:strict_string_checks=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-halt_on_error=1:print_stacktrace=1}

usage() {
    sed -n 's/^# \{0,1\}//; 4,13p' "$0" >&2
    exit 2
}

# record TITLE PASSED FAILED
record() {
    n_passed=$((n_passed + $2))
    n_failed=$((n_failed + $3))
    summary+=("$(printf '%-40s %4d passed, %d failed' "$1" "$2" "$3")")
}

# log FILE COMMAND...: shows what the command printed only if it fails
log() {
    local file=$1
    shift
    "$@" >"$file" 2>&1 && return
    tail -n 60 "$file"
    return 1
}

# configure NAME COMPILER OPTIONS...: sets $build/NAME up
configure() {
    local folder=$build/$1 compiler=$2 again=()
    shift 2
    mkdir -p "$build"
    [ -f "$folder/build.ninja" ] && again=(--reconfigure)
    log "$folder.log" env CC="$compiler" meson setup "${again[@]}" -Dtests=enabled "$@" "$folder" .
}

# tally FOLDER: "PASSED FAILED" of the last `meson test`
tally() {
    $python - "$1/meson-logs/testlog.json" <<'PYTHON'
import json, sys
with open(sys.argv[1], encoding="utf-8") as log:
    results = [json.loads(line)["result"] for line in log]
good = sum(result in ("OK", "EXPECTEDFAIL") for result in results)
print(good, len(results) - good - results.count("SKIP"))
PYTHON
}

# check TITLE NAME COMPILER SUITES OPTIONS...: builds, tests and records; SUITES: "slow" includes the slow ones
check() {
    local title=$1 name=$2 compiler=$3 suites=$4 selection=() counts
    shift 4
    echo "== $title"
    if ! configure "$name" "$compiler" "$@" || ! log "$build/$name.log" ninja -C "$build/$name"; then
        record "$title: build" 0 1
        return
    fi
    [ "$suites" = slow ] || selection=(--no-suite slow)
    rm -f "$build/$name/meson-logs/testlog.json"
    meson test -C "$build/$name" --no-rebuild --print-errorlogs "${selection[@]}"
    counts=$(tally "$build/$name") || counts="0 1"
    # shellcheck disable=SC2086 # two numbers
    record "$title" $counts
}

sanitized=(-Dwerror=true -Dbuildtype=debug -Doptimization=1 '-Db_sanitize=address,undefined')

part_gcc() { check "gcc, sanitizers" gcc gcc quick "${sanitized[@]}"; }
part_clang() { check "clang, sanitizers" clang clang quick "${sanitized[@]}" -Db_lundef=false; }
part_release() { check "gcc, release" release gcc slow -Dwerror=true -Dbuildtype=release; }

part_coverage() {
    mkdir -p "$build/coverage"
    find "$build/coverage" -name '*.gcda' -delete
    check "gcc, coverage" coverage gcc quick -Dbuildtype=debug -Db_coverage=true
    if $python tests/coverage.py "$build/coverage" "${COVERAGE_MINIMUM:-95}"; then
        record "line coverage" 1 0
    else
        record "line coverage" 0 1
    fi
}

# Seeds of a fuzzer, one file each; names are numbers, for they may come from folders with files of one name.
collect_seeds() {
    local name=$1 folder=$2
    rm -rf "$folder"
    mkdir -p "$folder"
    case $name in
    rulebook) find tests examples -name '*.yaml' -size -128k ;;
    csv) find tests examples -name '*.csv' -size -32k ;;
    formula) split -l 1 -a 4 -d tests/fuzz/seeds/formulas.txt "$folder/line-" ;;
    esac | while read -r file; do cp "$file" "$folder/$(echo "$file" | tr / _)"; done
}

fuzz() {
    local name=$1 folder=$build/fuzz
    mkdir -p "$folder/corpus-$name"
    collect_seeds "$name" "$folder/seeds-$name"
    "$folder/tests/fuzz/fuzz_$name" -max_total_time="${FUZZ_SECONDS:-60}" -timeout=20 -rss_limit_mb=3000 -max_len=65536 \
        -dict=tests/fuzz/words.dict -artifact_prefix="$folder/finding-$name-" "$folder/corpus-$name" "$folder/seeds-$name" \
        >"$folder/$name.log" 2>&1
}

part_fuzz() {
    local name jobs=() targets=(rulebook formula csv)
    echo "== fuzzers, ${FUZZ_SECONDS:-60} seconds each"
    if ! configure fuzz clang "${sanitized[@]}" -Dwerror=false -Db_lundef=false -Ddefault_library=static -Dfuzzers=true \
        -Dc_args=-fsanitize=fuzzer-no-link ||
        ! log "$build/fuzz.log" ninja -C "$build/fuzz" "${targets[@]/#/tests/fuzz/fuzz_}"; then
        record "fuzzers: build" 0 1
        return
    fi
    for name in "${targets[@]}"; do
        fuzz "$name" &
        jobs+=($!)
    done
    for name in "${targets[@]}"; do
        if wait "${jobs[0]}"; then
            record "fuzzer $name: $(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' "$build/fuzz/$name.log") inputs" 1 0
        else
            tail -n 60 "$build/fuzz/$name.log"
            record "fuzzer $name" 0 1
        fi
        jobs=("${jobs[@]:1}")
    done
}

case ${1:-} in
'') parts=(gcc clang release coverage fuzz) ;;
--quick) parts=(gcc) ;;
--coverage) parts=(coverage) ;;
-*) usage ;;
*) parts=("$@") ;;
esac
for part in "${parts[@]}"; do
    declare -F "part_$part" >/dev/null || usage
done

tests/packages.sh test || record "packages" 0 1
for part in "${parts[@]}"; do
    "part_$part"
done

echo
printf '%s\n' "${summary[@]}"
echo "$n_passed passed, $n_failed failed"
[ "$n_failed" = 0 ]
