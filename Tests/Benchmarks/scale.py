"""Row 11: commands in schools of 1,000, 100,000 and 1,000,000 courses."""

from processes import Command
from rounds import alternate
from school import sql

SIZES = (1000, 100000, 1000000)


def commands(bench):
    """All sizes alternate. Each is compared to the smallest; the catalogue's is all read, and so the next one stands for it."""
    makers = {}
    for size in SIZES:
        for side, seat in bench.seats("siti", size).items():
            for name, make in _commands(seat, size).items():
                makers.setdefault(name, {})[side, size] = make
    for name, of in makers.items():
        least = SIZES[1] if name == "beginning of the catalogue" else SIZES[0]
        pairs = [(("now", SIZES[-1]), ("now", least))]
        if "before" in bench.builds:
            pairs += [(("now", size), ("before", size)) for size in SIZES]
        figures = alternate(
            {place: lambda make=make: make().milliseconds() for place, make in of.items()}, 4 * len(of), most=100, pairs=pairs)
        goal, stretch = (2.0, None) if name.startswith("search") else (1.1, 1.05)
        for size in SIZES:
            sides = {side: figures[side, size] for side in bench.builds}
            if size > least:
                bench.row("11", name, "ms", {**sides, "reference": figures["now", least]}, goal, stretch, courses=size)
            else:
                bench.row("11", name, "ms", sides, None, None, courses=size)


def _commands(seat, size):
    """Functions that make a command, by what it does."""
    course = int(sql(seat.database, "SELECT id FROM course WHERE teacher_id = 1 ORDER BY id LIMIT 1 OFFSET 5;"))
    eleven = "7" * (len(str(size)) - 2)  # So many numbers of courses begin with it.
    return {
        "list of one's courses": lambda: seat.lms("course", "list"),
        "show": lambda: seat.lms("course", "show", f"course-{course}"),
        "join": lambda: seat.lms("course", "join", next(seat.codes)),
        "materials": lambda: seat.lms("material", "list", course),
        "beginning of the catalogue": lambda: _beginning(seat.lms("course", "list", "--all")),
        "search, 11 hits": lambda: seat.lms("search", "number", eleven),
        "search for a word that all have": lambda: _beginning(seat.lms("search", "number")),
    }


def _beginning(command):
    return Command("sh", "-c", '"$@" | head -n 100', "sh", *command.arguments, environment=command.environment)
