# SPDX-License-Identifier: Apache-2.0
"""Numbers: fractions as long as the operations are rational, mpmath floats of 1300 digits beyond that.

Two numbers are equal when they are equal fractions, or when they differ by less than 1e-1200. That margin decides every comparison and
every rounding in which an irrational part takes place.
"""
from fractions import Fraction
from functools import cmp_to_key

import mpmath

mpmath.mp.dps = 1300
MARGIN = mpmath.mpf(10) ** -1200

ROUND_MODES = ("half_up", "half_even", "truncate", "ceiling", "floor")


def is_number(value):
    """Whether `value` is a number of the rulebook language."""
    return isinstance(value, (Fraction, mpmath.mpf))


def real(number):
    """The number as an mpmath float."""
    if isinstance(number, mpmath.mpf):
        return number
    return mpmath.mpf(number.numerator) / number.denominator


def _apply(operation, left, right):
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return operation(left, right)
    return operation(real(left), real(right))


def add(left, right):
    """left + right"""
    return _apply(lambda a, b: a + b, left, right)


def subtract(left, right):
    """left − right"""
    return _apply(lambda a, b: a - b, left, right)


def multiply(left, right):
    """left · right"""
    return _apply(lambda a, b: a * b, left, right)


def divide(left, right):
    """left / right; the caller has seen to it that right is not zero."""
    return _apply(lambda a, b: a / b, left, right)


def total(numbers):
    """The sum of any number of numbers."""
    result = Fraction(0)
    for number in numbers:
        result = add(result, number)
    return result


def compare(left, right):
    """−1, 0 or 1 as left is less than, equal to or greater than right."""
    difference = subtract(left, right)
    if not isinstance(difference, Fraction) and abs(difference) < MARGIN:
        return 0
    return (difference > 0) - (difference < 0)


def sign(number):
    """−1, 0 or 1."""
    return compare(number, Fraction(0))


def smallest(numbers):
    """The least of the numbers."""
    return min(numbers, key=cmp_to_key(compare))


def largest(numbers):
    """The greatest of the numbers."""
    return max(numbers, key=cmp_to_key(compare))


def ordered(numbers):
    """The numbers from the least to the greatest."""
    return sorted(numbers, key=cmp_to_key(compare))


def clamp(number, low, high):
    """The number held inside [low, high]; `None` leaves that side open."""
    if low is not None and compare(number, low) < 0:
        return low
    if high is not None and compare(number, high) > 0:
        return high
    return number


def _as_fraction(number, multiple):
    """The number as a fraction; where it lies within the margin of a multiple of 1/multiple, exactly that."""
    if isinstance(number, Fraction):
        return number
    nearest = mpmath.nint(number * multiple)
    if abs(number * multiple - nearest) < MARGIN:
        return Fraction(int(nearest), multiple)
    negative, mantissa, exponent, _ = number._mpf_
    value = Fraction(int(mantissa)) * Fraction(2) ** exponent
    return -value if negative else value


def whole(number):
    """The number as an int if it is one, else None."""
    number = _as_fraction(number, 1)
    return int(number) if number.denominator == 1 else None


def _round_whole(number, mode):
    floor = number.numerator // number.denominator
    rest = number - floor
    if rest == 0 or mode == "floor":
        return floor
    if mode == "ceiling":
        return floor + 1
    if mode == "truncate":
        return floor if number > 0 else floor + 1
    if rest != Fraction(1, 2):
        return floor + (rest > Fraction(1, 2))
    if mode == "half_even":
        return floor + floor % 2
    return floor + (number > 0)


def round_to(number, digits, mode):
    """The number at `digits` decimals (negative: tens, hundreds …) under a rounding mode, as a fraction."""
    if mode not in ROUND_MODES:
        raise ValueError(f"unknown rounding mode `{mode}`")
    scale = Fraction(10) ** digits
    scaled = _as_fraction(multiply(number, scale), 2)
    return _round_whole(scaled, mode) / scale


def decimal_text(number, digits):
    """A fraction that is a decimal of at most `digits` decimals, written with exactly that many."""
    digits = max(digits, 0)
    units = abs(number) * 10 ** digits
    text = str(int(units)).rjust(digits + 1, "0")
    minus = "-" if number < 0 else ""
    return minus + (f"{text[:-digits]}.{text[-digits:]}" if digits else text)


def shortest_decimal(number):
    """A fraction that is a decimal, with as many decimals as it needs."""
    digits = 0
    while (number * 10 ** digits).denominator != 1:
        digits += 1
    return decimal_text(number, digits)


def power(base, exponent):
    """base ^ exponent, or None where it is undefined."""
    integer = whole(exponent)
    if sign(base) == 0:
        if sign(exponent) < 0:
            return None
        return Fraction(int(sign(exponent) == 0))
    if integer is not None:
        return base ** integer
    if sign(base) < 0:
        return None
    return real(base) ** real(exponent)


def square_root(number):
    """√number of a number that is not negative."""
    return Fraction(0) if sign(number) == 0 else mpmath.sqrt(real(number))


def logarithm(number):
    """ln number of a positive number."""
    return mpmath.log(real(number))


def exponential(number):
    """e ^ number"""
    return mpmath.exp(real(number))


def normal(number):
    """Φ(number), the standard normal distribution function."""
    return mpmath.ncdf(real(number))
