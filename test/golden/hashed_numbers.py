"""Test numbers that Python and TypeScript (hashed-numbers.ts) make alike, to the bit: no file of inputs is needed."""

import numpy as np


def hashed(shape, seed):
    """Unsigned 32-bit words: element index and seed, mixed (the finalizer of MurmurHash3)."""
    with np.errstate(over="ignore"):
        word = np.arange(int(np.prod(shape)), dtype=np.uint32) + np.uint32(seed) * np.uint32(0x9E3779B9)
        word = (word ^ (word >> np.uint32(16))) * np.uint32(0x85EBCA6B)
        word = (word ^ (word >> np.uint32(13))) * np.uint32(0xC2B2AE35)
        return (word ^ (word >> np.uint32(16))).reshape(shape)


def whole_numbers(shape, seed):
    """-4 to 4. Sums of their products are whole numbers too, so that float32 is exact in whatever order it adds."""
    return (hashed(shape, seed) % np.uint32(9)).astype(np.float64) - 4


def hashed_uniform(shape, seed, scale=1.0):
    """-scale to scale, rounded to float32."""
    return ((hashed(shape, seed).astype(np.float64) / 2**31 - 1) * scale).astype(np.float32).astype(np.float64)
