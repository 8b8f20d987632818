"""The rows that were measured: what they mean, and as tables."""

import statistics

from rounds import ratio, spread

LIMIT = 1.03  # What one build may cost, of what another does.


class Row:
    """A figure, what it is compared to, and its goal.

    `sides` has the figures of all rounds: of this build (`now`), and where there are such, of what it is compared to
    (`reference`) and of the other build (`before`). The goal is of the ratio to the reference; without one, of the figure.
    `more` says that more is better; `instructions`, in millions, are by side, too.
    """

    def __init__(self, number, name, unit, sides, goal, stretch, more=False, courses=None, instructions=None):
        self.number, self.name, self.unit, self.courses = number, name, unit, courses
        self.goal, self.stretch, self.more = goal, stretch, more
        self.instructions = instructions or {}
        now, reference, before = (sides.get(side) for side in ("now", "reference", "before"))
        self.rounds = len(now)
        self.figure = statistics.median(now)
        self.reference = statistics.median(reference) if reference else None
        self.ratio = ratio(now, reference) if reference else None
        self.before = statistics.median(before) if before else None
        # Above 1, this build costs more than the other.
        dear, cheap = (before, now) if more else (now, before)
        self.cost = ratio(dear, cheap) if before else None
        self.spread = spread(dear, cheap) if before else None

    def meets(self, goal):
        """`None` where there is no goal."""
        if goal is None:
            return None
        value = self.figure if self.ratio is None else self.ratio
        return value >= goal if self.more else value <= goal

    def title(self):
        return self.name if self.courses is None else f"{self.name}, {self.courses:,} courses"

    def json(self):
        return {
            "number": self.number, "name": self.name, "courses": self.courses, "figure": self.figure,
            "reference": self.reference, "unit": self.unit, "ratio": self.ratio, "goal": self.goal, "stretch": self.stretch,
            "met": self.meets(self.goal), "stretch_met": self.meets(self.stretch), "rounds": self.rounds,
            "instructions": self.instructions.get("now"), "reference_instructions": self.instructions.get("reference"),
            "before": self.before, "cost": self.cost, "spread": self.spread,
            "before_instructions": self.instructions.get("before"),
        }


def print_goals(rows):
    lines = [("#", "what", "figure", "reference", "ratio", "goal", "stretch", "", "M instructions")]
    for row in rows:
        sign, unit = "≥" if row.more else "≤", "×" if row.ratio is not None else f" {row.unit}"
        counts = [_number(row.instructions.get(side)) for side in ("now", "reference")]
        lines.append((
            row.number, row.title(), _number(row.figure, row.unit), _number(row.reference, row.unit), _ratio(row.ratio, 2),
            f"{sign} {row.goal:g}{unit}" if row.goal is not None else "",
            f"{row.stretch:g}" if row.stretch is not None else "",
            {None: "", False: "NOT MET", True: "stretch" if row.meets(row.stretch) else "met"}[row.meets(row.goal)],
            " / ".join(filter(None, counts))))
    _print(lines)


def print_builds(rows):
    """The question mark: the interval of the ratio has the limit in it, or the rounds were too few to tell."""
    lines = [("#", "what", "before", "after", "ratio", "±", f"≤ {LIMIT}", "M instr. before", "after", "ratio")]
    for row in (row for row in rows if row.cost is not None):
        sure = row.rounds == 1 if row.spread is None else abs(row.cost - LIMIT) > row.spread
        then, now = row.instructions.get("before"), row.instructions.get("now")
        lines.append((
            row.number, row.title(), _number(row.before, row.unit), _number(row.figure, row.unit), _ratio(row.cost, 3),
            _ratio(row.spread, 3), ("yes" if row.cost <= LIMIT else "NO") + ("" if sure else "?"),
            _number(then), _number(now), _ratio(now / then if now and then else None, 3)))
    _print(lines)


def print_sizes(rows):
    """Of the rows that are measured in schools of several sizes, a column a size."""
    sizes = sorted({row.courses for row in rows if row.courses})
    lines = [("#", "what", *(f"{size:,} courses" for size in sizes), "ratio")]
    for name in dict.fromkeys(row.name for row in rows if row.courses):
        of = {row.courses: row for row in rows if row.name == name and row.courses}
        last = of[max(of)]
        lines.append((
            last.number, name, *(_number(of[size].figure, last.unit) if size in of else "" for size in sizes),
            _ratio(last.ratio, 2)))
    _print(lines)


def _number(value, unit=""):
    """Three digits that count."""
    if value is None:
        return ""
    digits = f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    return f"{digits} {unit}".rstrip()


def _ratio(value, places):
    return "" if value is None else f"{value:.{places}f}"


def _print(lines):
    widths = [max(map(len, column)) for column in zip(*lines)]
    print()
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())
