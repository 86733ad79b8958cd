#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds jeoul and runs the two evaluations of nonsan-2017 in their order: the cities and counties first, then the departments,
# which take over their city's scores from the fresh result. Prints the rankings and the explanation of one department.
#
# usage: examples/run.sh [OUT]      OUT: build/results unless given; BUILD: build
set -euo pipefail
start=$PWD
cd "$(dirname "$0")/.."

build=${BUILD:-build}
out=${1:-build/results}
case $out in /*) ;; *) [ $# = 0 ] || out=$start/$out ;; esac
year=examples/nonsan-2017

tests/packages.sh build
[ -f "$build/build.ninja" ] || meson setup --buildtype=release -Dtests=disabled "$build" . >/dev/null
ninja -C "$build" --quiet
jeoul=$build/src/tools/jeoul

"$jeoul" score "$year/city-county/evaluation.yaml" "$year/city-county/data" -o "$out/city-county"
echo
fresh=시군결과=$out/city-county/scores.csv
"$jeoul" score "$year/departments/performance.yaml" "$year/departments/data" --table "$fresh" -o "$out/departments"
echo
"$jeoul" explain "$year/departments/performance.yaml" "$year/departments/data" --table "$fresh" --entity 기획감사실
