#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The installed library is found by pkg-config, and a program outside the tree builds against it, shared and static, and runs.
#
# usage: installed.sh SOURCE BUILD CC [FLAGS...]     FLAGS: what the build was instrumented with
set -eu
source=$1 build=$2 cc=$3
shift 3
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

meson install -C "$build" --no-rebuild --destdir "$place" >"$place/log" 2>&1 || { cat "$place/log"; exit 1; }
file=$(find "$place" -name jeoul.pc)
prefix=$(sed -n 's/^prefix=//p' "$file")
ask() { PKG_CONFIG_PATH=$(dirname "$file") pkg-config --define-variable=prefix="$place$prefix" "$@" jeoul; }
libraries=$(ask --variable=libdir)

# shellcheck disable=SC2046 # flags are meant to be split
"$cc" -std=c11 -Wall -Wextra -Wpedantic -Werror "$@" "$source/examples/c/score.c" $(ask --cflags --libs) -o "$place/shared"
# shellcheck disable=SC2046
"$cc" "$@" "$source/examples/c/score.c" $(ask --cflags) "$libraries/libjeoul.a" \
    $(ask --libs --static | sed 's/-ljeoul//') -o "$place/static"

printf '%s\t%s\t%s\t%s\n' 실과소 기획감사실 84.00 A 읍면동 강경읍 97.00 S 실과소 총무과 59.60 B 읍면동 연무읍 82.00 A \
    실과소 세무과 95.25 S >"$place/expected"
for program in shared static; do
    LD_LIBRARY_PATH=$libraries "$place/$program" "$source/tests/tools/small/rulebook.yaml" "$source/tests/tools/small" \
        >"$place/found"
    diff "$place/expected" "$place/found"
done
LD_LIBRARY_PATH=$libraries "$place$prefix/bin/jeoul" --version
test -f "$place$prefix/include/jeoul/jeoul.h"
