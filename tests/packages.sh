#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing on a Debian machine, and says what and why.
#
# usage: tests/packages.sh build|test      test: what the build needs, and what only the tests need
set -euo pipefail

python=/usr/bin/python3 # meson's own, not one that stands before it in PATH

has_command() { command -v "$1" >/dev/null; }
has_library() { pkg-config --exists "$1" 2>/dev/null; }
has_module() { $python -c "import $1" 2>/dev/null; }
has_runtime() { # the sanitizers' runtime libraries of a compiler
    has_command "$1" || return 1
    local program status=0
    program=$(mktemp)
    echo 'int main(void) { return 0; }' | "$1" -x c -fsanitize=address,undefined - -o "$program" 2>/dev/null || status=1
    rm -f "$program"
    return $status
}

# kind, what is looked for, package, why
build_needs() {
    cat <<'NEEDS'
command cc gcc the C compiler
file /usr/include/stdio.h libc6-dev headers of the C library
command meson meson configures the build
command ninja ninja-build runs the build
command pkg-config pkg-config finds the libraries
library yaml-0.1 libyaml-dev reads rulebooks
library gmp libgmp-dev exact rational numbers
library mpfr libmpfr-dev exact bounds of irrational numbers
library libutf8proc libutf8proc-dev composed Hangul and its width
NEEDS
}
test_needs() {
    cat <<'NEEDS'
command gcc gcc the first compiler
command clang clang the second compiler, and the fuzzers
command c++ g++ checks that the header is good C++
command nm binutils lists the exported symbols
library cmocka libcmocka-dev runs the unit tests
module mpmath python3-mpmath arithmetic of the oracle
NEEDS
}

has() {
    case $1 in
    command) has_command "$2" ;;
    file) test -e "$2" ;;
    library) has_library "$2" ;;
    module) has_module "$2" ;;
    runtime) has_runtime "$2" ;;
    esac
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif has_command sudo; then
        sudo "$@"
    else
        echo "packages are missing, and neither root nor sudo is at hand" >&2
        return 1
    fi
}

# Reads needs, installs the packages of those that are not there.
provide() {
    local kind name package why
    local -a packages=()
    while read -r kind name package why; do
        has "$kind" "$name" && continue
        echo "installing $package: $why"
        packages+=("$package")
    done
    [ ${#packages[@]} -gt 0 ] || return 0
    as_root apt-get -qq update || echo "the lists of packages are not fresh" >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${packages[@]}" >/dev/null
}

case ${1:-} in
build) provide < <(build_needs) ;;
test)
    provide < <(build_needs; test_needs)
    # Its package is named after the compiler's version, which is known only now.
    version=$(clang -dumpversion)
    provide <<<"runtime clang libclang-rt-${version%%.*}-dev the sanitizers of clang"
    ;;
*)
    echo "usage: $0 build|test" >&2
    exit 2
    ;;
esac
