-- Every request enrolls another of 100 students in another course, from the course on that is given.
local threads = 0
function setup(thread) thread:set("number", threads); threads = threads + 1 end
function init(arguments) first = tonumber(arguments[1]); count = -1 end
function request()
    count = count + 1
    local course = first + math.floor(count / 100) * 2 + number
    return wrk.format("POST", "/course/" .. course .. "/enrollment",
        { Authorization = string.format("Bearer lms_%043d", 100001 + count % 100) })
end
