import Foundation
import LMSCore
import LMSTestSupport
import LMSText
import Testing

@testable import LMSHTTP

/// Joining with a key over HTTP.
@Suite struct EnrollmentKeyHTTPTests {
    private func join(
        _ key: String, _ person: Person, path: String = "/enrollment", from address: String = "192.0.2.1"
    ) -> RawRequest {
        RawRequest("POST", path, token: person.token, json: #"{"key":"\#(key)"}"#).adding("X-Forwarded-For", address)
    }

    @Test func `a key alone names the course, and one under a course must be its own`() async throws {
        let world = try World()
        let (guru, siti, budi) = (try await world.teacher(), try await world.student(), try await world.student("budi"))
        _ = try await guru.makeCourse("bio-101", enrollment: .key)
        _ = try await guru.makeCourse("chem-1", enrollment: .key)
        try await withServer(world, .behindProxy()) { server in
            let key = try await server.get("/course/bio-101/key", guru.token).string("key")
            let joined = try await server.send(join(key.lowercased(), siti))
            #expect(joined.status == 201 && joined["Location"] == "/course/1")
            #expect(try await server.send(join(key, siti)).status == 200)
            let answers = [
                try await server.send(join(key, budi, path: "/course/chem-1/enrollment")),
                try await server.send(join("AAAA-AAAA", budi, path: "/course/bio-101/enrollment")),
                try await server.send(join("AAAA-AAAA", budi)), try await server.send(join("?", budi)),
                try await server.send(join("AAAA-AAAA", budi, path: "/enrollment?dry_run=true")),
            ]
            for answer in answers {
                expectProblem(.denied, answer)
                #expect(answer.body == answers[0].body)
            }
            #expect(try await server.send(join("", budi)).status == 400)
            #expect(try await server.send(RawRequest("POST", "/enrollment", token: budi.token, json: "{}")).status == 400)
            // A course does not stand beside the key in the body.
            let both = RawRequest("POST", "/enrollment", token: budi.token, json: #"{"key":"\#(key)","course":"bio-101"}"#)
            expectProblem(.malformed, try await server.send(both))
            let none = RawRequest("POST", "/course/bio-101/enrollment", token: budi.token)
            expectProblem(.denied, try await server.send(none))
            #expect(try await server.send(join(key, budi, path: "/course/bio-101/enrollment")).status == 201)
        }
    }

    @Test func `ten wrong keys are free, then it is 429; forty pupils behind one address all get in`() async throws {
        let world = try World()
        let guru = try await world.teacher()
        let guesser = try await world.student("guesser")
        var pupils: [Person] = []
        for number in 1...40 { pupils.append(try await world.student("pupil-\(number)")) }
        _ = try await guru.makeCourse("bio-101", enrollment: .key)
        let key = try #require(try await guru.perform(ShowKey(course: "bio-101")).key).secret
        try await withServer(world, .behindProxy()) { server in
            for _ in 1...10 { expectProblem(.denied, try await server.send(join("x", guesser))) }
            let refused = try await server.send(join(key, guesser))
            expectProblem(.throttled, refused)
            #expect(refused["Retry-After"] == "1")
            try await withThrowingTaskGroup(of: Int.self) { group in
                for pupil in pupils { group.addTask { try await server.send(join(key, pupil)).status } }
                for try await status in group { #expect(status == 201) }
            }
        }
        #expect(try await world.count("SELECT uses FROM course_key") == 40)
    }

    @Test func `a key that somebody gives for a course is not in the log`() async throws {
        let world = try World()
        let siti = try await world.student()
        _ = try await world.teacher().makeCourse("math-101")
        try await withTemporaryFolder { folder in
            try folder.write([], to: "log")
            let descriptor = open(folder.path("log"), O_WRONLY | O_APPEND)
            defer { close(descriptor) }
            try await withServer(world, logDescriptor: descriptor) { server in
                for course in ["K7QX-93MF", "k7qx93mf", "K7QX%2093MF", "K7QX-93M", "math-101"] {
                    _ = try await server.send(RawRequest("POST", "/course/\(course)/enrollment", token: siti.token))
                }
                _ = try await server.send(RawRequest("POST", "/course/K7QX-93MF/enrollment", token: nil))
            }
            let paths = try String(decoding: folder.bytes(of: "log"), as: UTF8.self).split(separator: "\n")
                .compactMap { try JSONValue(Array($0.utf8))["path"]?.string }
            #expect(
                paths == [
                    "(not shown)", "(not shown)", "(not shown)", "/course/K7QX-93M/enrollment", "/course/math-101/enrollment",
                    "(not shown)",
                ])
        }
    }
}
