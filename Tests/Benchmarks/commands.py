"""Rows 1 to 4 and 7: commands on a file."""

from processes import Command
from rounds import alternate
from school import PASSWORD

_LIST = """SELECT course.id, course.code, course.title, users.username, course.release_date, course.enrollment,
    (SELECT count(*) FROM enrollment WHERE course_id = course.id AND status = 'enrolled')
    FROM course JOIN users ON users.id = course.teacher_id WHERE course.teacher_id = 1 ORDER BY course.id"""


def course_list(bench):
    seats = bench.seats("ani", 1000)
    sides = {side: lambda seat=seat: seat.lms("course", "list") for side, seat in seats.items()}
    sides["reference"] = lambda: Command("sqlite3", seats["now"].database, _LIST)
    _compare(bench, "1", "course list (10 courses) / sqlite3, the same SELECT", sides, 1.3, 1.0)


def version(bench):
    sides = {side: lambda build=build: build.lms("--version") for side, build in bench.builds.items()}
    sides["reference"] = lambda: Command("sqlite3", "--version")
    _compare(bench, "2", "--version / sqlite3 --version", sides, 0.8, 0.6)


def course_join(bench):
    seats = bench.seats("siti", 1000, "joined")
    sides = {side: lambda seat=seat: seat.lms("course", "join", next(seat.codes)) for side, seat in seats.items()}
    database = bench.schools.copy(bench.builds["now"], 1000, "inserted")
    courses = (course for course in range(1, 1000) if course % 50)
    sides["reference"] = lambda: Command(
        "sqlite3", database, "PRAGMA synchronous = FULL",
        "INSERT INTO enrollment (student_id, course_id, date_entry, status)"
        f" VALUES (2, {next(courses)}, 1795435200, 'enrolled')")
    _compare(bench, "3", "course join / sqlite3, the same INSERT in WAL + FULL", sides, 1.35, 1.15)


def login(bench):
    password = bench.work / "password"
    password.write_text(PASSWORD + "\n")
    sides = {
        side: lambda seat=seat: seat.lms("login", "siti", "--password-stdin", stdin=password)
        for side, seat in bench.seats("siti", 1000, "signed-in").items()}
    sides["reference"] = lambda: Command(bench.references / "bare-argon2", stdin=password)
    _compare(bench, "4", "login / one bare Argon2id hash", sides, 1.07, 1.04, seconds=15)


def _compare(bench, number, name, sides, goal, stretch, seconds=7):
    """`sides` give a command each time that they are called."""
    times = {side: lambda make=make: make().milliseconds() for side, make in sides.items()}
    figures = alternate(times, seconds * len(sides))
    counts = {side: make().instructions() for side, make in sides.items()}
    bench.row(number, name, "ms", figures, goal, stretch, instructions=counts)


def apply(bench):
    """A first run and a second one, in which nothing is left to do."""
    file = bench.work / "big.yaml"
    file.write_text("course: BIG\ntitle: Big\nmaterials:\n" + "".join(
        f"  - title: Week {i}\n    description: |\n      Read chapter {i}.\n\n      Answer its questions.\n"
        for i in range(1, 1001)))
    seats = bench.seats("ani", 1000, "applied")
    second = {side: [] for side in seats}

    def first(side):
        seats[side].lms("course", "delete", "BIG", "--yes").output(check=False)
        milliseconds = seats[side].lms("apply", file).milliseconds()
        second[side].append(seats[side].lms("apply", file).milliseconds())
        return milliseconds

    figures = alternate({side: lambda side=side: first(side) for side in seats}, 12 * len(seats), most=100)
    counts = {}
    for side, seat in seats.items():
        seat.lms("course", "delete", "BIG", "--yes").output()
        counts[side] = [seat.lms("apply", file).instructions() for _ in range(2)]
    warm = {side: of[1:] for side, of in second.items()}
    for index, (name, of, goal, stretch) in enumerate((("first run", figures, 70, 50), ("nothing to do", warm, 25, 15))):
        bench.row("7", f"apply, 1,000 materials, {name}", "ms", of, goal, stretch,
                  instructions={side: count[index] for side, count in counts.items()})
