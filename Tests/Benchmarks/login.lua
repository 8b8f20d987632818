-- Every request signs another of 400 students in, each from an address of their own.
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
