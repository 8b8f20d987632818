import LMSCore
import LMSTestSupport
import Testing

@testable import LMSHTTP

/// The order of checks.
///
/// Each request is wrong in several ways; the answer names the first in the order of Docs/HTTP.md.
@Suite struct OrderOfChecksTests {
    private func check(
        _ code: LMSError.Code, sourceLocation: SourceLocation = #_sourceLocation,
        _ request: (Scene) throws -> RawRequest
    ) async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            let before = try await scene.world.dump()
            expectProblem(code, try await server.send(request(scene)), sourceLocation: sourceLocation)
            #expect(try await scene.world.dump() == before, sourceLocation: sourceLocation)
        }
    }

    @Test func `413 comes before 401, 415 and 404`() async throws {
        try await check(.tooLarge) { _ in
            var request = RawRequest("POST", "/course/none/enrollment/students/add?x=1")
                .adding("Content-Type", "text/plain")
            request.body = Array(repeating: 0x20, count: 70_000)
            return request
        }
    }

    @Test func `401 comes before 400, 415 and 404`() async throws {
        try await check(.notSignedIn) { _ in RawRequest("POST", "/course?x=1", json: "{") }
        try await check(.notSignedIn) { _ in
            RawRequest("POST", "/course/none/material", json: "x").adding("Content-Type", "text/plain")
        }
        try await check(.notSignedIn) { _ in RawRequest("GET", "/course/none?x=1") }
    }

    @Test func `401 comes before 400 for a token that is not alive`() async throws {
        let token = try #require(SessionToken("lms_" + String(repeating: "A", count: 43)))
        try await check(.notSignedIn) { _ in RawRequest("POST", "/course?x=1", token: token, json: "{") }
        try await check(.notSignedIn) { _ in
            RawRequest("GET", "/course/none?limit=x", token: token)
        }
    }

    @Test func `400 comes before 404, 403 and 422`() async throws {
        try await check(.malformed) {
            RawRequest("PATCH", "/course/none", token: $0.people[.s0]?.token, json: #"{"title":1}"#)
        }
        try await check(.malformed) {
            RawRequest(
                "PATCH", "/course/\($0.course)", token: $0.people[.s0]?.token,
                json: #"{"title":"","enrollment":"sometimes"}"#)
        }
    }

    @Test func `415 comes before 404 and 403`() async throws {
        try await check(.unsupportedType) {
            var request = RawRequest("PATCH", "/course/none", token: $0.people[.s0]?.token)
                .adding("Content-Type", "text/plain")
            request.body = Array("title=x".utf8)
            return request
        }
    }

    @Test func `401 and 400 come before the 403 of what is fetched ahead`() async throws {
        try await check(.notSignedIn) { _ in
            RawRequest("GET", "/course/bio-101/delete?x=1").adding("Purpose", "prefetch")
        }
        try await check(.malformed) {
            RawRequest("GET", "/course/bio-101/delete?dry_run=x", token: $0.people[.to]?.token)
                .adding("Purpose", "prefetch")
        }
        try await check(.denied) {
            RawRequest("GET", "/course/none/delete", token: $0.people[.to]?.token)
                .adding("Purpose", "prefetch")
        }
    }

    @Test func `404 comes before 403 and 422`() async throws {
        try await check(.notFound) {
            RawRequest("PATCH", "/course/none", token: $0.people[.s0]?.token, json: #"{"title":""}"#)
        }
        try await check(.notFound) {
            RawRequest("PATCH", "/material/99", token: $0.people[.tx]?.token, json: #"{"title":""}"#)
        }
    }

    @Test func `403 comes before 422 and 409`() async throws {
        try await check(.denied) {
            RawRequest("PATCH", "/course/\($0.course)", token: $0.people[.tx]?.token, json: #"{"title":""}"#)
        }
        try await check(.denied) {
            RawRequest(
                "POST", "/course", token: $0.people[.s0]?.token,
                json: #"{"title":"","code":"bio-101","release_date":"soon"}"#)
        }
        try await check(.denied) {
            RawRequest(
                "POST", "/course/\($0.course)/material", token: $0.people[.s1]?.token,
                json: #"{"title":"Week 1","description":""}"#)
        }
    }

    @Test func `422 comes before 409`() async throws {
        try await check(.invalid) {
            RawRequest(
                "POST", "/course", token: $0.people[.to]?.token,
                json: #"{"title":"x","code":"bio-101","release_date":"2027-02-30"}"#)
        }
        try await check(.invalid) {
            RawRequest(
                "PATCH", "/material/\($0.material)", token: $0.people[.to]?.token,
                json: #"{"title":"Week 2","position":9}"#)
        }
    }

    @Test func `409 is what is left`() async throws {
        try await check(.conflict) {
            RawRequest(
                "POST", "/course", token: $0.people[.to]?.token, json: #"{"title":"x","code":"BIO-101"}"#)
        }
        try await check(.conflict) {
            RawRequest(
                "PATCH", "/material/\($0.material)", token: $0.people[.to]?.token,
                json: #"{"title":"Week 2"}"#)
        }
    }
}
