"""Rounds of several sides, one after the other and over again, and what is made of their figures."""

import math
import random
import statistics
import time


def alternate(sides, seconds, least=3, most=400, pairs=None, warm=True):
    """Plays all sides in turn, each round in another order, and gives each one's figures, one a round.

    By chance (the same in each run), since no side may always follow the same other one, which leaves it the caches and the
    disk as it pleases.

    `sides` are functions by name. It ends after `most` rounds, after about `seconds` (but never before `least` rounds), or when
    the ratio of each of the `pairs` is known to a hundredth. Without `pairs`, these are the first side and each other one.
    """
    figures = {name: [] for name in sides}
    names = list(sides)
    pairs = [(names[0], other) for other in names[1:]] if pairs is None else pairs
    if warm:
        for name in names:
            sides[name]()
    chance = random.Random(1)
    end = time.monotonic() + seconds
    for count in range(1, most + 1):
        chance.shuffle(names)
        for name in names:
            figures[name].append(sides[name]())
        if count >= least and time.monotonic() > end:
            break
        if pairs and count % 10 == 0 and all(spread(figures[one], figures[other]) <= 0.01 for one, other in pairs):
            break
    return figures


def ratio(figures, others):
    """The median of the ratios of figures that were taken side by side."""
    return statistics.median(_ratios(figures, others))


def spread(figures, others):
    """Half the interval in which that median is with 95 % certainty (of so many ratios, between these two in order).

    `None` where the rounds are too few to tell.
    """
    ratios = sorted(_ratios(figures, others))
    reach = 0.98 * math.sqrt(len(ratios))
    low, high = math.floor(len(ratios) / 2 - reach), math.ceil(len(ratios) / 2 + reach) - 1
    return (ratios[high] - ratios[low]) / 2 if low >= 0 else None


def _ratios(figures, others):
    return [one / other for one, other in zip(figures, others)]
