"""kill -9 of whatever writes."""
import os
import shutil
import threading
import time
from random import Random

from school import Broken, copy_of, make_school, require, require_whole, sql

def moments(random, usual, spread=1.15):
    """A moment of a life of `usual` seconds; some are behind its end."""
    return random.random() * usual * spread


def imports(program, folder, random, end, seed):
    """An import of 20,000 rows is all there or not at all, and needs no repair."""
    source = os.path.join(folder, "in")
    os.mkdir(source)
    with open(os.path.join(source, "users.csv"), "w") as file:
        file.write("username,role,password\n" + "".join(f"s{n},student,\n" for n in range(8000)))
        file.write("guru,teacher,\n")
    with open(os.path.join(source, "courses.csv"), "w") as file:
        file.write("code,title,teacher\n" + "".join(f"k{n},Course {n},guru\n" for n in range(2000)))
    with open(os.path.join(source, "materials.csv"), "w") as file:
        file.write("course,title,description\n" + "".join(f"k{n % 2000},Week {n},Text {n}\n" for n in range(10000)))
    empty, _ = make_school(program, folder)
    usual = program.must("db", "import", source, db=copy_of(empty, os.path.join(folder, "whole.db"))).seconds
    killed = done = 0
    while time.monotonic() < end or killed < 3:
        path = copy_of(empty, os.path.join(folder, "try.db"))
        outcome = program.run("db", "import", source, db=path, kill_after=moments(random, usual))
        killed, done = killed + outcome.killed, done + (outcome.status == 0)
        rows = sql(path, "SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM course),"
                         " (SELECT count(*) FROM material)")[0]
        require(rows in ((2, 1, 0), (8003, 2001, 10000)), f"{rows} rows after {outcome}")
        require(outcome.status != 0 or rows[0] == 8003, f"acknowledged, but {rows}")
        require_whole(path)
        program.must("db", "check", db=path)
        # The machine may be slower than it was.
        if outcome.killed and outcome.seconds > usual:
            usual = outcome.seconds
    return f"{killed} killed, {done} done"


def applies(program, folder, random, end, seed):
    """A course file is applied wholly or not."""
    path, token = make_school(program, folder, courses=0)
    file = os.path.join(folder, "course.yaml")

    def write(version):
        with open(file, "w") as out:
            out.write(f"course: bio\ntitle: Version {version}\nmaterials:\n")
            out.writelines(f"  - title: Week {n}\n    description: Text {n} of version {version}\n" for n in range(400))

    write(0)
    usual = program.must("apply", file, db=path, token=token).seconds
    killed = done = version = 0
    while time.monotonic() < end or killed < 3:
        version += 1
        write(version)
        before = sql(path, "SELECT title FROM course")[0][0]
        outcome = program.run("apply", file, db=path, token=token, kill_after=moments(random, usual))
        killed, done = killed + outcome.killed, done + (outcome.status == 0)
        title = sql(path, "SELECT title FROM course")[0][0]
        wanted = f"Version {version}"
        require(title in (before, wanted), f"{title} after {outcome}")
        require(outcome.status != 0 or title == wanted, "acknowledged, but not there")
        texts = {row[0] for row in sql(path, "SELECT DISTINCT substr(description, instr(description, 'version')) FROM material")}
        require(texts == {title.lower()}, f"texts of {texts} under {title}")
        require(sql(path, "SELECT count(*) FROM material") == [(400,)], "materials are missing")
        require_whole(path)
    program.must("db", "check", db=path)
    return f"{killed} killed, {done} done"


def writers(program, folder, random, end, seed):
    """Of eight writers some are killed at any moment: what was acknowledged stays, readers never fail."""
    path, token = make_school(program, folder)
    lock, told, failures = threading.Lock(), [], []
    killed, usual = [0], [0.1]
    seeds = [random.random() for _ in range(10)]

    def write(worker):
        own = Random(seeds[worker])
        number = 0
        while time.monotonic() < end and not failures:
            number += 1
            title = f"T{worker}-{number}"
            words = (["course", "create", title, "-q"] if number % 2
                     else ["material", "add", "c1", title, "--description", "x", "-q"])
            kind = "course" if number % 2 else "material"
            after = own.random() * usual[0] if number % 3 == 0 else None
            try:
                outcome = program.run(*words, db=path, token=token, kill_after=after)
            except Broken as broken:
                failures.append(str(broken))
                return
            with lock:
                if outcome.status == 0:
                    told.append((kind, int(outcome.out.split(":")[-1]), title))
                    usual[0] = usual[0] * 0.9 + outcome.seconds * 0.1
                elif outcome.killed:
                    killed[0] += 1
                else:
                    failures.append(str(outcome))

    def read():
        while time.monotonic() < end and not failures:
            with lock:
                known = {number for kind, number, _ in told if kind == "course"}
            outcome = program.run("course", "list", "--all", "-q", db=path, token=token)
            ids = {int(line.split(":")[-1]) for line in outcome.out.split()}
            if outcome.status != 0 or not ids >= known:
                failures.append(f"a reader: {outcome}, without {sorted(known - ids)[:5]}")
            time.sleep(0.1)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)] + [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    require(not failures, "; ".join(failures[:2]))
    require_whole(path)
    for kind in ("course", "material"):
        rows = dict(sql(path, f"SELECT id, title FROM {kind}"))
        lost = [entry for entry in told if entry[0] == kind and rows.get(entry[1]) != entry[2]]
        require(not lost, f"acknowledged and lost: {lost[:3]}")
    program.must("db", "check", db=path)
    return f"{len(told)} acknowledged, {killed[0]} killed"


def leftovers(program, folder, random, end, seed):
    """What a killed command was making is whole or not there, and nothing else is."""
    path, token = make_school(program, folder)
    sql(path, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
              " INSERT INTO material (course_id, description, title, position)"
              " SELECT 1, hex(zeroblob(500)), 'Week ' || i, i FROM n")
    acts = {
        "backup": (["db", "backup", "OUT/a.db"], {"a.db"}),
        "copy": (["db", "copy", "--to", "OUT/a.db"], {"a.db"}),
        "init": (["db", "init", "--db", "OUT/a.db"], {"a.db"}),
        "export": (["db", "export", "OUT/a", "--with-secrets"], {"a"}),
        "course": (["export", "c1", "--dir", "OUT/a"], {"a"}),
        "login": (["login", "ani", "--password-stdin"], {".lms_session", ".lms_session.lock"}),
    }
    out = os.path.join(folder, "out")
    killed, usual = 0, {}
    count = 0
    # Each once to its end, and each a few times killed, whatever time there is.
    while count < 4 * len(acts) or time.monotonic() < end:
        first = count < len(acts)
        name = list(acts)[count % len(acts)]
        count += 1
        words, allowed = acts[name]
        shutil.rmtree(out, ignore_errors=True)
        os.mkdir(out, 0o700)
        outcome = program.run(
            *[word.replace("OUT", out) for word in words], home=out, stdin=b"correct horse battery",
            token=None if name == "login" else token, environment={} if name == "init" else {"LMS_DB": path},
            kill_after=None if first else moments(random, usual[name]))
        require(outcome.killed or outcome.status == 0, str(outcome))
        if first:
            usual[name] = outcome.seconds
        killed += outcome.killed
        found = set(os.listdir(out))
        require(found <= allowed and (outcome.killed or found), f"{sorted(found)} after {outcome}")
        if name in ("backup", "copy", "init") and found:
            require_whole(os.path.join(out, "a.db"), f"in a {name}")
            rows = sql(os.path.join(out, "a.db"), "SELECT count(*) FROM material")[0][0]
            require(rows == (0 if name == "init" else 3000), f"{rows} materials in a {name}")
        if name == "course" and os.path.exists(os.path.join(out, "a", "course.yaml")):
            require(sum(len(files) for _, _, files in os.walk(os.path.join(out, "a"))) >= 3001, "a course file without its texts")
    return f"{killed} killed"
