"""mixed-load.py URL SECONDS TEACHER EVENT: reads and writes through a load balancer, and what became of them.

Eight clients sign in once and keep their session. Each acknowledged write is looked for at the end. EVENT is a file with
the time of what happened half-way, if anything did.
"""

import http.client
import json
import sys
import threading
import time
import urllib.parse

url, seconds, teacher, event = sys.argv[1], float(sys.argv[2]), sys.argv[3], sys.argv[4]
host = urllib.parse.urlparse(url).netloc


class Client:
    def __init__(self, token=None):
        self.connection, self.token = None, token

    def request(self, method, path, body=None):
        """The status and the answer; 0 where the connection broke."""
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(host, timeout=20)
            self.connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = self.connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text.startswith(b"{") else {}
        except (OSError, http.client.HTTPException):
            self.connection = None
            return 0, {}


def sign_in():
    status, answer = Client().request("POST", "/auth/login", {"username": teacher, "password": "tiga kuda hitam"})
    assert status == 200, (status, answer)
    return answer["token"]


token = sign_in()
status, course = Client(token).request("POST", "/course", {"title": "Load"})
assert status == 201, (status, course)
code = course["code"]
results, acknowledged, lock = [], set(), threading.Lock()
end = time.time() + seconds


def work(number):
    client, count = Client(token), 0
    while time.time() < end:
        count += 1
        start = time.time()
        if count % 4 == 0:
            title = f"{number}-{count}"
            status, _ = client.request("POST", f"/course/{code}/material", {"title": title, "description": "x"})
            if status == 201:
                with lock:
                    acknowledged.add(title)
        else:
            status, _ = client.request("GET", [f"/course/{code}", "/course", "/auth/me"][count % 3])
        with lock:
            results.append((start, time.time() - start, status))
        if status not in (200, 201):
            time.sleep(0.05)


threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

found, after, client = set(), "", Client(token)
while True:
    status, page = client.request("GET", f"/course/{code}/material?text=false&limit=1000{after}")
    assert status == 200, (status, page)
    found |= {item["title"] for item in page["items"]}
    if not page["next"]:
        break
    after = "&after=" + urllib.parse.quote(page["next"])

try:
    moment = float(open(event).read())
except (OSError, ValueError):
    moment = None
failed = [(start, status) for start, _, status in results if status not in (200, 201)]
times = sorted(duration for _, duration, _ in results)
print(f"  {len(results)} requests, {len(results) / seconds:.0f}/s, p50 {times[len(times) // 2] * 1000:.1f} ms, "
      f"p99 {times[len(times) * 99 // 100] * 1000:.1f} ms")
print(f"  {len(acknowledged)} writes acknowledged, {len(acknowledged - found)} of them lost, "
      f"{len(found - acknowledged)} done without an answer")
counts = {status: sum(1 for _, other in failed if other == status) for status in sorted({s for _, s in failed})}
print(f"  failed: {counts or 'none'}" + (
    f", from {min(s for s, _ in failed) - moment:.2f} s to {max(s for s, _ in failed) - moment:.2f} s after the event"
    if failed and moment else ""))
sys.exit(1 if acknowledged - found else 0)
