"""Locks that others hold, and signals."""
import os
import signal
import sqlite3
import time

from school import make_school, require, require_whole, sql


def locks(program, folder, random, end, seed):
    """A lock that is held shortly is waited for; longer than ten seconds is 75; who reads does not wait."""
    path, token = make_school(program, folder)
    waited = busy = 0
    while waited + busy < 3 or time.monotonic() < end:
        holds = 11.5 if (waited + busy) % 5 == 0 else random.uniform(0.1, 7)
        holder = sqlite3.connect(path, timeout=20, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        start = time.monotonic()
        process = program.start("course", "create", "X", db=path, token=token)
        reader = program.must("course", "list", "--all", db=path, token=token)
        require(reader.seconds < 5, f"a reader waited {reader.seconds:.1f} s")
        while time.monotonic() - start < holds and process.poll() is None:
            time.sleep(0.02)
        holder.execute("ROLLBACK")
        holder.close()
        outcome = program.wait(process)
        require(outcome.status == (75 if holds > 11 else 0), f"held for {holds:.1f} s: {outcome}")
        waited, busy = waited + (holds <= 11), busy + (holds > 11)
    require_whole(path)
    require(sql(path, "SELECT count(*) FROM course") == [(waited + 1,)], "rows that nobody was told of")
    return f"{waited} waited, {busy} were told 75"


def signals(program, folder, random, end, seed):
    """Ctrl-C and its like: done, or taken back and said so by the status."""
    path, token = make_school(program, folder)
    usual = program.must("course", "create", "First", db=path, token=token).seconds
    known, count, stopped = 2, 0, 0
    kinds = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    while count < 30 or time.monotonic() < end:
        count += 1
        kind = random.choice(kinds)
        outcome = program.run(
            "course", "create", f"C{count}", db=path, token=token, kill_after=random.random() * usual * 1.2, with_signal=kind)
        rows = sql(path, "SELECT count(*) FROM course")[0][0]
        require(outcome.status in (0, -kind, 128 + kind), str(outcome))
        require(outcome.status != 0 or rows == known + 1, f"acknowledged, but {rows} rows")
        require(rows in (known, known + 1), f"{rows} rows after {known}")
        stopped += outcome.status != 0
        known = rows
    require_whole(path)
    # A server ends its requests and then itself, with 0.
    served = 0
    while served < 3:
        served += 1
        server = program.start("serve", "--port", "0", db=path, home=folder)
        time.sleep(random.uniform(0.3, 1))
        outcome = program.wait(server, kill_after=0.01, with_signal=random.choice([signal.SIGINT, signal.SIGTERM]), limit=30)
        require(outcome.status in (0, -2, -15), str(outcome))
    return f"{count} commands, {stopped} stopped; {served} servers"
