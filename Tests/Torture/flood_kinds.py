"""What attackers do to a server: each kind is a coroutine that goes on until it is ended."""

import asyncio
import json
import multiprocessing
import random
import resource
import socket

DEAD_TOKEN = "lms_" + "A" * 43
BLOCK = b"x" * 65536


def allow_many_files():
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


class Attacker:
    """One address with its account, and where its answers are counted."""

    def __init__(self, port, address, token, role, queue, chance):
        self.port, self.address, self.token, self.role = port, address, token, role
        self.queue, self.chance = queue, chance

    async def connect(self, receiving=None):
        sock = socket.socket()
        sock.setblocking(False)
        if receiving:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receiving)
        sock.bind((self.address, 0))
        try:
            await asyncio.wait_for(asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", self.port)), 10)
        except BaseException:
            sock.close()
            raise
        return sock

    def head(self, method, path, *lines, token=None):
        token = self.token if token is None else token
        return "\r\n".join(
            [f"{method} {path} HTTP/1.1", "Host: a", f"Authorization: Bearer {token}",
             "Content-Type: application/json", *lines, "", ""]).encode()

    async def status(self, sock, kind, timeout=20):
        """Reads the beginning of an answer, and counts it."""
        try:
            answer = await asyncio.wait_for(asyncio.get_running_loop().sock_recv(sock, 4096), timeout)
            status = answer[9:12].decode(errors="replace") if answer else "closed"
        except asyncio.TimeoutError:
            status = "nothing"
        except OSError:
            status = "cut"
        self.queue.put(("flood", kind, status))
        return status

    async def send(self, sock, data):
        await asyncio.get_running_loop().sock_sendall(sock, data)

    async def ask(self, kind, data, timeout=20):
        sock = await self.connect()
        try:
            await self.send(sock, data)
            return await self.status(sock, kind, timeout)
        finally:
            sock.close()

    def request(self, method, path, body, *lines, token=None):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.head(method, path, f"Content-Length: {len(data)}", *lines, token=token) + data


async def huge_lengths(a):
    length = a.chance.choice(["9223372036854775808", "18446744073709551615", "1" + "0" * 30, "67108864", "60000000"])
    sock = await a.connect()
    try:
        await a.send(sock, a.head("POST", "/apply", f"Content-Length: {length}", token=DEAD_TOKEN))
        for _ in range(200):
            await asyncio.wait_for(a.send(sock, BLOCK), 5)
    except (OSError, asyncio.TimeoutError):
        pass
    finally:
        await a.status(sock, "huge lengths", 1)
        sock.close()


async def slow_readers(a):
    sock = await a.connect(receiving=2048)
    try:
        await a.send(sock, a.head("GET", "/course/large/material?limit=1000"))
        await asyncio.sleep(a.chance.uniform(5, 40))
        await a.status(sock, "slow readers", 1)
    finally:
        sock.close()


async def searches(a):
    words = ".".join(["a"] * 97 + ["b", "a"])
    await a.ask("searches", a.head("GET", f"/search?q={words}"), 40)


async def dripping_bodies(a):
    sock = await a.connect()
    try:
        await a.send(sock, a.head("POST", "/apply", "Transfer-Encoding: chunked"))
        for _ in range(60):
            await asyncio.wait_for(a.send(sock, b"2000\r\n" + b" " * 8192 + b"\r\n"), 5)
            await asyncio.sleep(0.5)
    except (OSError, asyncio.TimeoutError):
        pass
    finally:
        await a.status(sock, "dripping bodies", 1)
        sock.close()


BODIES = {}


def course_files_body(kind, count):
    """A request of so many files, made once: they are large."""
    if (kind, count) not in BODIES:
        text = {
            "values": "course: c%d\ntitle: x\nstudents: [" + "a," * 299_980 + "a]\n",
            "directives": "".join(f"%%TAG !b{n}! t:\n" for n in range(20_000)) + "---\ncourse: c%d\n",
            "students": "course: c%d\ntitle: x\nstudents:\n" + "".join(f"- u{n}\n" for n in range(60_000)),
            "materials": "course: c%d\ntitle: x\nmaterials:\n" + "- x\n" * 60_000,
        }[kind]
        files = [{"name": f"f{n}", "text": text % n, "attachments": []} for n in range(count)]
        BODIES[kind, count] = json.dumps({"files": files}).encode()
    return BODIES[kind, count]


async def course_files(a):
    kind = a.chance.choice(["values", "directives", "students", "materials"])
    body = course_files_body(kind, a.chance.choice([1, 8, 64]))
    path = a.chance.choice(["/diff", "/apply?dry_run=true"])
    await a.ask("course files", a.request("POST", path, body), 60)


async def idle_connections(a):
    sock = await a.connect()
    try:
        await a.send(sock, a.chance.choice([b"", b"", b"GET /hea", b"GET /healthz HTTP/1.1\r\nHost: a\r\nX: "]))
        await asyncio.sleep(a.chance.uniform(5, 35))
    finally:
        sock.close()


async def sign_ins(a):
    name = a.chance.choice(["ibu-guru", "murid", f"nobody{a.chance.randrange(1000)}"])
    body = {"username": name, "password": "tebakan yang salah"}
    await a.ask("sign-ins", a.request("POST", "/auth/login", body, token=""), 40)


async def broken_requests(a):
    data = a.chance.choice([
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n",
        a.head("POST", "/apply", "Transfer-Encoding: gzip, chunked") + b"0\r\n\r\n",
        a.head("POST", "/apply", "Content-Length: +1"), b"\x16\x03\x01\x02\x00\x01",
        b"GET / HTTP/1.1\r\nHost: a\r\n" + b"".join(b"X%d: y\r\n" % n for n in range(5000)) + b"\r\n",
        b"GET /" + b"a" * 300_000 + b" HTTP/1.1\r\n\r\n",
        a.head("GET", "/course", "X-Forwarded-For: " + "1," * 15_000),
        a.head("GET", "/course?" + "&".join(f"x{n}=1" for n in range(3000))),
        a.head("POST", "/course", "Transfer-Encoding: chunked") + b"1\r\n \r\n" * 60_000 + b"0\r\n\r\n",
        a.head("POST", "/course", "Transfer-Encoding: chunked") + b"0\r\n" + b"a: b\r\n" * 30_000,
        a.head("POST", "/apply", "Content-Length: 67108864", "Expect: 100-continue"),
        a.head("HEAD", "/course/large/material"),
    ])
    await a.ask("broken requests", data, 3)


async def pipelines(a):
    sock = await a.connect()
    try:
        one = a.head("GET", "/course?scope=all")
        for _ in range(50):
            await asyncio.wait_for(a.send(sock, one * 50), 3)
    except (OSError, asyncio.TimeoutError):
        pass
    finally:
        await a.status(sock, "pipelines", 1)
        sock.close()


async def many_values(a):
    body = b'{"usernames":[' + b'"a",' * 16_000 + b'"a"]}'
    await a.ask("many values", a.request("POST", "/course/large/enrollment/students/add", body), 40)


async def equal_titles(a):
    await a.ask("equal titles", a.request("POST", "/course/large/material", {"description": "# same\n"}), 40)


async def churn(a):
    for _ in range(20):
        (await a.connect()).close()


async def sudden_ends(a):
    sock = await a.connect()
    try:
        await a.send(sock, a.head("GET", "/search?q=" + ".".join(["a"] * 90)))
        if a.chance.random() < 0.5:
            sock.shutdown(socket.SHUT_WR)
        await asyncio.sleep(0.05)
    finally:
        sock.close()


# How many of each go on at once, of one address.
KINDS = {
    huge_lengths: 2, slow_readers: 10, searches: 3, dripping_bodies: 2, course_files: 1, idle_connections: 40,
    sign_ins: 3, broken_requests: 3, pipelines: 1, many_values: 2, equal_titles: 1, churn: 1, sudden_ends: 2,
}


async def repeat(kind, attacker):
    while True:
        try:
            await kind(attacker)
        except (OSError, asyncio.TimeoutError):
            pass
        await asyncio.sleep(attacker.chance.uniform(0.2, 1))


async def all_of(attackers, kinds, seconds):
    tasks = [
        asyncio.create_task(repeat(kind, attacker))
        for attacker in attackers for kind in kinds for _ in range(KINDS[kind])
    ]
    await asyncio.sleep(seconds)
    for task in tasks:
        task.cancel()


def run(port, attackers, kinds, seconds, seed, queue):
    chance = random.Random(seed)
    people = [Attacker(port, address, token, role, queue, chance) for address, token, role in attackers]
    asyncio.run(all_of(people, kinds, seconds))


def start(port, attackers, seconds, seed, only, queue):
    """Starts the floods in a few processes, each with a part of the addresses."""
    names = only.split(",") if only else [kind.__name__ for kind in KINDS]
    kinds = [kind for kind in KINDS if kind.__name__ in names]
    processes = [
        multiprocessing.Process(
            target=run, args=(port, attackers[part::4], kinds, seconds, seed + part, queue))
        for part in range(4)
    ]
    for process in processes:
        process.start()
    return processes
