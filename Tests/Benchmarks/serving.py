"""Rows 8, 8i and 10: what is read through the server."""

import contextlib
import re

from load import AUTHORIZATION, COURSES, SIGNED, Client, Load, hello, reads, serve, served
from processes import Command
from rounds import alternate

_COUNTED = 1000  # Requests whose instructions are counted at once.


def rates(bench):
    with contextlib.ExitStack() as servers:
        databases = {side: served(bench, build, "read") for side, build in bench.builds.items()}
        urls = {side: servers.enter_context(serve(bench.builds[side], of)).url for side, of in databases.items()}
        least = servers.enter_context(hello(bench)).url
        paths = reads(databases["now"])
        p99 = {}

        def load(place, url, *options):
            round = Load(url, 1, *options)
            if round.failure:
                bench.note(f"row 8, {place[0]}: {round.failure}")
            p99.setdefault(place, []).append(round.p99)
            return round.rate

        sides = {
            (name, side): lambda place=(name, side), url=url + path: load(place, url, *SIGNED)
            for name, path in paths.items() for side, url in urls.items()}
        sides["hello"] = lambda: load("hello", least)
        pairs = [((name, "now"), "hello") for name in paths]
        if "before" in urls:
            pairs += [((name, "now"), (name, "before")) for name in paths]
        rates = alternate(sides, 30 * len(sides), most=40, pairs=pairs)
    for figures, unit, what, more in ((rates, "1/s", "", True), (p99, "ms", ", p99", False)):
        for name, goal, stretch in zip(paths, (0.6, 0.45, 0.45), (0.8, 0.6, 0.6)):
            of = {"reference": figures["hello"], **{side: figures[name, side] for side in urls}}
            # Of p99, the round that warms up goes.
            of = of if more else {side: rounds[1:] for side, rounds in of.items()}
            bench.row("8", f"{name}{what} / Hummingbird's hello", unit, of, goal if more else 2.0, stretch if more else None,
                      more=more)


def instructions(bench):
    """Those of the whole server while it answers so many requests, and nothing else.

    The least of three counts: where the machine keeps the requests from the server, it looks for them more often.
    """
    counts = {}
    for side, build in bench.builds.items():
        database = served(bench, build, "counted")
        with _counting(bench, lambda **tool: serve(build, database, **tool)) as count:
            for name, path in reads(database).items():
                counts.setdefault(name, {})[side] = [count(path, Authorization=AUTHORIZATION)]
    for (name, of), goal, stretch in zip(counts.items(), (200, 400, 400), (140, 280, 280)):
        bench.row("8i", f"instructions a request, {name}", "k", of, goal, stretch)
    with _counting(bench, lambda **tool: hello(bench, **tool)) as count:
        bench.row("8i", "instructions a request, Hummingbird's hello", "k", {"now": [count("/")]}, None, None)


@contextlib.contextmanager
def _counting(bench, start):
    """Gives a function that counts thousands of instructions a request of a path. Callgrind starts without counting."""
    prefix, report = bench.work / "vgdb", bench.work / "callgrind.out"
    tool = ("valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={report}", f"--vgdb-prefix={prefix}")
    with start(tool=tool, patience=120) as server:
        def control(*words):
            Command("callgrind_control", f"--vgdb-prefix={prefix}", *words, server.process).output()

        def counted(client):
            control("--instr=on")
            client.play(_COUNTED)
            control("--instr=off")
            control("--dump")
            dump = max(bench.work.glob("callgrind.out.*"), key=lambda file: int(file.suffix[1:]))
            return int(re.search(r"^totals: (\d+)", dump.read_text(), re.M).group(1)) / _COUNTED / 1000

        def count(path, **headers):
            client = Client(server.url, path, headers)
            client.play(200)
            return min(counted(client) for _ in range(3))

        yield count
    for file in bench.work.glob("callgrind.out*"):
        file.unlink()


def remote_list(bench):
    """Over loopback HTTP, and on the file."""
    seats = bench.seats("siti", COURSES, "asked")
    with contextlib.ExitStack() as servers:
        sides = {}
        for side, seat in bench.seats("siti", COURSES, "asked").items():
            server = servers.enter_context(serve(seat.build, seat.database))
            seat.sign_in("siti", "--server", server.url)
            sides[side] = lambda seat=seat: seat.lms("course", "list").milliseconds()
        sides["reference"] = lambda: seats["now"].lms("course", "list").milliseconds()
        figures = alternate(sides, 8 * len(sides))
    bench.row("10", "course list (10 courses) over loopback HTTP / local", "ms", figures, 2.0, 1.7)
