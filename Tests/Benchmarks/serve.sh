# The rows about `lms serve`, for bench.sh.

serve_folder="$work/serve"
mkdir "$serve_folder"
servers=()
stop_servers() { [ ${#servers[@]} = 0 ] || kill "${servers[@]}" 2>/dev/null || true; }
trap 'stop_servers; wait; report; rm -rf "$work"' EXIT

# at_least NAME FIGURE REFERENCE UNIT GOAL: a ratio that must not be below its goal
at_least() {
    local ratio met
    ratio=$(calculate "printf('%.2f', 1.0 * $2 / $3)")
    met=$(calculate "CASE WHEN 1.0 * $2 / $3 >= $5 THEN 'met' ELSE 'NOT MET' END")
    rows+=("$1|$2 $4|$3 $4|$ratio|>= $5|$met")
}

# launch LOG COMMAND...: starts a server, and leaves its address in $address, its process in $process
launch() {
    local log=$1
    shift
    "$@" >"$log" 2>&1 &
    process=$!
    servers+=("$process")
    for _ in $(seq 200); do
        address=$(sed -n 's/.*\(http:[^ ]*\).*/\1/p;q' "$log")
        [ -z "$address" ] || return 0
        sleep 0.05
    done
    note "no server: $(cat "$log")"
    return 1
}

peak_of() { awk '/^VmHWM/ { printf "%.1f", $2 / 1024 }' "/proc/$1/status"; }

# load FILE CONNECTIONS SECONDS ARGUMENT...: wrk; its report goes to FILE
load() { wrk -t 2 -c "$2" -d "$3" --timeout 30 --latency "${@:4}" >"$1"; }
per_second() { awk '/^Requests\/sec/ { print $2 }' "$1"; }
p99() {
    awk '$1 == "99%" { v = $2; if (v ~ /us$/) v /= 1000; else if (v !~ /ms$/) v *= 1000; printf "%.2f", v }' "$1"
}
middle_of_three() { sort -n | sed -n 2p; }

# A token of a user's, put where a sign-in would: tokens are kept as their BLAKE2b hash.
plant() {
    local token
    token=$(printf 'lms_%043d' "$1")
    printf "INSERT INTO session (user_id, token_hash, label, created_at, expires_at, last_used_at, idle_limit)"
    printf " VALUES (%s, x'%s', 'wrk', %s, %s, %s, NULL);\n" "$1" \
        "$(printf %s "$token" | b2sum -l 256 | cut -d ' ' -f 1)" "$now" $((now + 864000)) "$now"
}

now=$(date +%s)
served="$serve_folder/lms.db"
seed "$served" 10000
{
    echo "BEGIN;"
    echo "UPDATE material SET description = printf('%.*c', 200, 'x') WHERE course_id IN (SELECT id FROM course WHERE teacher_id = 1);"
    # 400 students with the password of `siti`, and 100 teachers before them.
    echo "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
        INSERT INTO users (id, username, role, created_at, password)
        SELECT 1000 + i, 'student' || i, 'student', 1795435200, (SELECT password FROM users WHERE id = 2) FROM n;"
    plant 2
    for student in $(seq 1001 1100); do plant "$student"; done
    echo "COMMIT; PRAGMA wal_checkpoint(TRUNCATE);"
} | sqlite3 "$served" >/dev/null
course=$(sqlite3 "$served" "SELECT min(id) FROM course WHERE teacher_id = 1")

note "The server's reads ..."
launch "$serve_folder/hello" "$bin/hummingbird-hello"
hello=$address
launch "$serve_folder/log" "$lms" serve --port 0 --db "$served" --log-level warning
url=$address serving=$process
signed="Authorization: Bearer $(printf 'lms_%043d' 2)"
get_course="$url/course/$course" get_material="$url/course/$course/material" get_list="$url/course"
curl -sf -H "$signed" "$get_material" | grep -q '"position":20' || note "these are not 20 materials"
for round in 1 2 3; do
    load "$serve_folder/hello.$round" 16 4 "$hello"
    load "$serve_folder/course.$round" 16 4 -H "$signed" "$get_course"
    load "$serve_folder/material.$round" 16 4 -H "$signed" "$get_material"
    load "$serve_folder/list.$round" 16 4 -H "$signed" "$get_list"
done
# of WHAT FUNCTION: the middle of three rounds
of() { for round in 1 2 3; do "$2" "$serve_folder/$1.$round"; echo; done | sed '/^$/d' | middle_of_three; }
for what in "course 0.5 GET course" "material 0.35 GET material (20)" "list 0.35 GET course list (10)"; do
    read -r file goal name <<<"$what"
    at_least "8  $name / Hummingbird's hello" "$(of "$file" per_second)" "$(of hello per_second)" 1/s "$goal"
done
for what in "course GET course" "material GET material (20)" "list GET course list (10)"; do
    read -r file name <<<"$what"
    row "8  $name, p99 / hello's p99" "$(of "$file" p99)" "$(of hello p99)" ms 2.0
done
if grep -E 'Non-2xx|Socket errors' "$serve_folder"/*.[123] >&2; then note "some requests of row 8 failed"; fi

note "The server's writes ..."
cat >"$serve_folder/join.lua" <<'LUA'
-- Every request enrolls another student in another course.
local threads = 0
function setup(thread) thread:set("number", threads); threads = threads + 1 end
function init() count = -1 end
function request()
    count = count + 1
    local course = 1 + math.floor(count / 100) * 2 + number
    return wrk.format("POST", "/course/" .. course .. "/enrollment",
        { Authorization = string.format("Bearer lms_%043d", 1001 + count % 100) })
end
LUA
enrolled() { sqlite3 "$served" "SELECT count(*) FROM enrollment"; }
before=$(enrolled)
load "$serve_folder/join" 16 8 -s "$serve_folder/join.lua" "$url"
[ $(($(enrolled) - before)) -ge "$(awk '/requests in/ { print $1 }' "$serve_folder/join")" ] ||
    note "some requests of row 9 enrolled nobody"
at_least "9  POST enrollment, durable / the design in Flask (740/s: the specification's figure, not of this run)" \
    "$(per_second "$serve_folder/join")" 740 1/s 5
loaded=$(peak_of "$serving")

note "The client ..."
sign_in siti "$served"
export LMS_SESSION_FILE="$serve_folder/session"
echo 'tiga kuda hitam' | "$lms" login siti --password-stdin --server "$url" -q >/dev/null
unset LMS_SESSION_FILE
compare "10 course list (10 courses) over loopback HTTP / local" 2.0 200 \
    "env LMS_SESSION_FILE=$serve_folder/session $lms course list --server $url" \
    "env LMS_SESSION_FILE=$work/.lms_session $lms course list --db $served"

# From 400 addresses, or most would be told to wait before they are hashed.
note "400 logins ..."
cat >"$serve_folder/login.lua" <<'LUA'
local threads = 0
function setup(thread) thread:set("number", threads); threads = threads + 1 end
function init() count = -1 end
function request()
    count = count + 1
    local student = (count * 2 + number) % 400
    local address = "192.0." .. 2 + math.floor(student / 200) .. "." .. student % 200
    return wrk.format("POST", "/auth/login",
        { ["Content-Type"] = "application/json", ["X-Forwarded-For"] = address },
        '{"username":"student' .. student + 1 .. '","password":"tiga kuda hitam"}')
end
LUA
launch "$serve_folder/log2" "$lms" serve --port 0 --db "$served" --log-level warning --trusted-proxy 127.0.0.1
load "$serve_folder/login" 400 10 -s "$serve_folder/login.lua" "$address"
[ "$(sqlite3 "$served" "SELECT count(*) FROM session WHERE label = 'login'")" -gt 20 ] || note "hardly any sign-in succeeded"
limit "12 peak memory, serve after the load of rows 8 and 9" "$loaded" MB 40
limit "12 peak memory, serve while 400 logins run" "$(peak_of "$process")" MB 185
stop_servers
servers=()
