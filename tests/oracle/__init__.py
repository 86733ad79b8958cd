# SPDX-License-Identifier: Apache-2.0
"""A slow, exact second opinion on what a rulebook means.

It shares nothing with the engine: rulebooks are read with PyYAML, numbers are fractions (and mpmath floats of 1300 digits where a
root, a logarithm or Φ comes in), and every rule is followed in the plainest way. Run from `tests/`:

    python3 -m oracle RULEBOOK DATA_FOLDER [--json]     score a data folder
    python3 -m oracle --test RULEBOOK                   run the tests that a rulebook carries
    python3 -m oracle.compare --engine JEOUL --seed S --count N
"""
