"""Damaged databases, and session files of every kind."""
import hashlib
import os
import shutil
import time

from school import PASSWORD, copy_of, make_school, require, sql


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def databases(program, folder, random, end, seed):
    """Whatever bytes are wrong: a documented end, no crash, and what is refused is not touched."""
    original, token = make_school(program, folder)
    sql(original, "PRAGMA wal_checkpoint(TRUNCATE)")
    with open(original, "rb") as file:
        good = file.read()
    path = os.path.join(folder, "damaged.db")
    reads = [["course", "list", "--all"], ["db", "check"], ["material", "list", "c1"], ["search", "course"],
             ["log"], ["user", "list"], ["token", "list"], ["db", "stats"], ["export", "c1"]]
    writes = [["course", "create", "X"], ["db", "migrate"], ["material", "add", "c1", "X", "--description", "x"],
              ["course", "delete", "c1", "--yes"], ["login", "ani", "--password-stdin"]]
    count = refused = 0
    while count < 100 or time.monotonic() < end:
        count += 1
        data = bytearray(good)
        for _ in range(random.choice([1, 1, 4, 40])):
            kind = random.randrange(4)
            place = random.randrange(len(data)) if random.random() < 0.7 else random.randrange(min(200, len(data)))
            if kind == 0:
                data[place] ^= 1 << random.randrange(8)
            elif kind == 1:
                data[place:place + 64] = bytes(random.randrange(256) for _ in range(len(data[place:place + 64])))
            elif kind == 2:
                page = place // 4096 * 4096
                data[page:page + 4096] = bytes(len(data[page:page + 4096]))
            else:
                del data[max(100, place):]
        for suffix in ("", "-wal", "-shm"):
            if os.path.exists(path + suffix):
                os.unlink(path + suffix)
        with open(path, "wb") as file:
            file.write(data)
        os.chmod(path, 0o600)
        before = digest(path)
        outcome = program.run(*random.choice(reads), db=path, token=token, home=folder)
        if outcome.status == 74 and not os.path.exists(path + "-wal"):
            refused += 1
            require(digest(path) == before, f"refused, and changed: {outcome}")
        program.run(*random.choice(writes), db=path, token=token, home=folder, stdin=PASSWORD.encode())
    return f"{count} damages, {refused} refused at once"


def dotfiles(program, folder, random, end, seed):
    """Whatever lies where the session should be: no hang, nothing written through it, and its like is said."""
    path, _ = make_school(program, folder)
    home = os.path.join(folder, "home")
    precious = os.path.join(folder, "precious")
    count = 0
    while count < 20 or time.monotonic() < end:
        count += 1
        shutil.rmtree(home, ignore_errors=True)
        os.mkdir(home, 0o700)
        with open(precious, "w") as file:
            file.write("precious")
        session = os.path.join(home, ".lms_session")
        kind = random.choice(["bytes", "link", "hard", "pipe", "folder", "open", "huge", "empty", "broken", "locks"])
        if kind == "bytes":
            with open(session, "wb") as file:
                file.write(bytes(random.randrange(256) for _ in range(random.randrange(300))))
            os.chmod(session, 0o600)
        elif kind == "broken":
            program.must("login", "ani", "--password-stdin", db=path, home=home, stdin=PASSWORD.encode())
            with open(session, "r+b") as file:
                file.truncate(random.randrange(1, os.path.getsize(session)))
        elif kind == "link":
            os.symlink(precious, session)
        elif kind == "hard":
            os.chmod(precious, 0o600)
            os.link(precious, session)
        elif kind == "pipe":
            os.mkfifo(session, 0o600)
        elif kind == "folder":
            os.mkdir(session)
        elif kind in ("open", "huge", "empty"):
            with open(session, "wb") as file:
                file.truncate({"open": 10, "huge": 1 << 30, "empty": 0}[kind])
            os.chmod(session, 0o644 if kind == "open" else 0o600)
        elif kind == "locks":
            os.symlink(precious, session + ".lock")
        for words in (["whoami"], ["login", "ani", "--password-stdin"], ["logout"], ["target", "list"]):
            outcome = program.run(*words, db=path, home=home, stdin=PASSWORD.encode(), limit=30)
            require(outcome.seconds < 20, f"{kind}: {outcome} took {outcome.seconds:.0f} s")
        with open(precious) as file:
            require(file.read() == "precious", f"{kind}: written through")
        if random.random() < 0.3:
            shutil.rmtree(home, ignore_errors=True)
            os.mkdir(home, 0o700)
            many = [program.start("login", "ani", "--password-stdin", db=path, home=home, stdin=PASSWORD.encode())
                    for _ in range(6)]
            for process in many:
                require(program.wait(process).status in (0, 75), "a login among many failed")
            program.must("whoami", db=path, home=home)
    return f"{count} files"
