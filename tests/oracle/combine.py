# SPDX-License-Identifier: Apache-2.0
"""Ways to combine the scores of children other than the mean of their points."""
from fractions import Fraction

from . import exact
from .values import State

EXPONENTS = {"geometric": Fraction(0), "harmonic": Fraction(-1)}


def combine_scores(combine, pairs):
    """Scores with positive weights in one figure; UNDEFINED outside the domain of the combination."""
    if combine == "min":
        return exact.smallest([score for score, _ in pairs])
    if combine == "max":
        return exact.largest([score for score, _ in pairs])
    if combine == "median":
        return _weighted_median(pairs)
    return _power_mean(pairs, Fraction(combine["power"]) if isinstance(combine, dict) else EXPONENTS[combine])


def _weighted_median(pairs):
    """The score where half of the weight is reached; the mean of two where it is reached exactly between them."""
    scores = exact.ordered([score for score, _ in pairs])
    half = sum(weight for _, weight in pairs) / 2
    for index, score in enumerate(scores):
        reached = sum(weight for other, weight in pairs if exact.compare(other, score) <= 0)
        if reached == half:
            above = next(other for other in scores[index:] if exact.compare(other, score) > 0)
            return exact.divide(exact.add(score, above), Fraction(2))
        if reached > half:
            return score
    raise AssertionError("all scores together have more than half of the weight")


def _power_mean(pairs, exponent):
    lowest = exact.sign(exact.smallest([score for score, _ in pairs]))
    if lowest < 0 or lowest == 0 and exponent <= 0:
        return State.UNDEFINED
    weights = sum(weight for _, weight in pairs)
    if exponent == 0:
        logarithms = exact.total(exact.multiply(weight, exact.logarithm(score)) for score, weight in pairs)
        return exact.exponential(exact.divide(logarithms, weights))
    powers = exact.total(exact.multiply(weight, exact.power(score, exponent)) for score, weight in pairs)
    return exact.power(exact.divide(powers, weights), 1 / exponent)
