#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Library and program build without a build system, by one command of the compiler.
#
# usage: bare.sh SOURCE CC
set -eu
cd "$1"
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"$2" -Iinclude -Isrc src/*/*.c -o "$place/jeoul" -lyaml -lgmp -lmpfr -lutf8proc -lm
"$place/jeoul" check tests/tools/small/rulebook.yaml
