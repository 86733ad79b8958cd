"""Writing tables and drawing numbers: what both generators share.

A table becomes the bytes of a CSV file. Random numbers use nothing but
random.Random(seed).random(), whose sequence Python guarantees, so that every
version of Python writes the same files.
"""

import csv
import io
import random


def encode(header, rows, encoding="utf-8", newline="\n"):
    """The bytes of a CSV file; `encoding` is utf-8, utf-8-sig (with a BOM) or cp949."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=newline)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


class Draw:
    """A stream of random numbers of its own per purpose: changing one table leaves the others as they are."""

    def __init__(self, seed, purpose):
        self.random = random.Random(f"{seed}:{purpose}").random

    def normal(self, mean=0.0, deviation=1.0):
        """Sum of twelve uniforms: nearly normal, never beyond six deviations."""
        return mean + deviation * (sum(self.random() for _ in range(12)) - 6.0)

    def whole(self, low, high):
        """A whole number from low to high, both included."""
        return low + int(self.random() * (high - low + 1))

    def chance(self, probability):
        return self.random() < probability

    def pick(self, choices):
        return choices[int(self.random() * len(choices))]

    def some(self, choices, count):
        """`count` different choices, in their own order."""
        order = sorted(range(len(choices)), key=lambda _: self.random())
        return [choices[i] for i in sorted(order[:count])]


def clamp(x, low, high):
    return max(low, min(high, x))


def decimal(x, digits):
    """x with a fixed number of decimals, never a minus zero."""
    text = f"{x:.{digits}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text


def thousands(x, digits=0):
    """x with thousands separators, as spreadsheets of an office show it: 1,234.5."""
    return f"{x:,.{digits}f}"
