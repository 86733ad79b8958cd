#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The library is usable as a meson subproject: a project that holds it only asks for dependency('jeoul').
#
# usage: subproject.sh SOURCE
set -eu
source=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

mkdir "$place/subprojects"
ln -s "$source" "$place/subprojects/jeoul"
cp "$source/examples/c/score.c" "$place"
cat >"$place/meson.build" <<'BUILD'
project('user', 'c')
executable('score', 'score.c', dependencies: dependency('jeoul', fallback: 'jeoul'))
BUILD
quietly() { "$@" >"$place/log" 2>&1 || { cat "$place/log"; exit 1; }; }
quietly meson setup --wrap-mode=forcefallback "$place/build" "$place"
quietly ninja -C "$place/build" score
"$place/build/score" "$source/tests/tools/small/rulebook.yaml" "$source/tests/tools/small" | grep -q '기획감사실.84.00.A'
