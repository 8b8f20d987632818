import Foundation
import LMSCore
import LMSTestSupport
import LMSText
import Testing

/// What goes over the wire and out as JSON.
@Suite struct EncodingTests {
    let world: World
    let guru: Person
    let siti: Person

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        siti = try await world.student()
    }

    static let courseKeys: Set<String> = [
        "id", "code", "title", "teacher", "release_date", "enrollment", "students", "status", "teacher_id",
        "description", "pending", "role", "teacher_name", "archived_at",
    ]
    static let membershipKeys: Set<String> = ["course", "code", "title", "status", "date_entry"]

    @Test func `every record has all of its keys, also where a value is missing`() async throws {
        let made = try await guru.perform(CreateCourse(title: "Biology", code: "bio-101"))
        #expect(try keys(made) == Self.courseKeys.union(["outcome"]))
        let dryRun = try await guru.dryRun.perform(CreateCourse(title: "Other"))
        #expect(try keys(dryRun) == Self.courseKeys.union(["outcome", "dry_run"]))
        #expect(try json(dryRun)["id"] is NSNull)
        let joined = try await siti.join("bio-101")
        #expect(try keys(joined) == Self.membershipKeys.union(["outcome"]))
        #expect(try keys(try await siti.perform(ShowCourse(course: "bio-101"))) == Self.courseKeys)
        let material = try await guru.perform(AddMaterial(course: "bio-101", title: "a", description: "x"))
        #expect(
            try keys(material) == [
                "id", "title", "position", "course", "description", "course_code", "section", "hidden", "release_date", "due",
                "due_at",
                "visible_from", "created_at", "modified_at", "outcome",
            ])
        #expect(try keys(try await siti.perform(WhoAmI())) == ["username", "role", "expires_at", "read_only", "courses"])
        let roster = try await guru.perform(ListRoster(course: "bio-101"))
        #expect(try keys(try #require(roster.items.first)) == ["username", "status", "date_entry", "name", "number"])
        let token = try await siti.perform(CreateToken(label: "CI"))
        let sessionKeys: Set<String> = [
            "id", "label", "created_at", "expires_at", "last_used_at", "read_only", "courses",
        ]
        #expect(try keys(token) == sessionKeys.union(["token", "outcome"]))
        let user = try await world.anyoneDryRunning.perform(
            RegisterUser(username: Username("new"), password: Password(World.password), role: .student))
        #expect(try keys(user) == ["id", "username", "role", "outcome", "dry_run"])
        let signIn = try await world.logIn("siti")
        #expect(try keys(signIn) == ["token", "token_type", "expires_at", "user"])
        let deleted = try await guru.perform(DeleteCourse(course: "bio-101"))
        #expect(try keys(deleted) == Self.courseKeys.union(["materials", "enrollments", "trash", "outcome"]))
        #expect(try keys(try await guru.perform(ListCourses())) == ["items", "next"])
    }

    @Test func `values are written as Docs/Scripting.md says`() async throws {
        let made = try json(try await guru.perform(CreateCourse(title: "Biology", releaseDate: "2027-01-11")))
        #expect(made["id"] as? Int == 1)
        #expect(made["release_date"] as? String == "2027-01-11")
        #expect(made["enrollment"] as? String == "open")
        #expect(made["outcome"] as? String == "created")
        let joined = try json(try await siti.join("biology"))
        #expect(joined["date_entry"] as? String == "2026-11-23T12:00:00Z")
        #expect(joined["status"] as? String == "enrolled")
        let dryRun = try json(try await guru.dryRun.perform(DeleteCourse(course: "biology")))
        #expect(dryRun["dry_run"] as? Bool == true)
    }

    @Test func `what is decoded is what was encoded`() async throws {
        let made = try await guru.perform(CreateCourse(title: "Biology", code: "bio-101"))
        try expectRoundTrip(made)
        try expectRoundTrip(try await guru.dryRun.perform(CreateCourse(title: "Other", description: "x")))
        try expectRoundTrip(try await siti.perform(CreateToken(label: "CI")))
        try expectRoundTrip(try await siti.dryRun.perform(CreateToken(label: "CI")))
        try expectRoundTrip(try await guru.dryRun.perform(DeleteCourse(course: "bio-101")))
        try expectRoundTrip(try await guru.perform(DeleteCourse(course: "bio-101")))
        try expectRoundTrip(try await world.logIn("siti"))
        try expectRoundTrip(LMSError(.throttled, "wait", hint: "x", retryAfter: 3))
    }

    private func expectRoundTrip<T: Codable>(
        _ value: T, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let bytes = try JSONOutput.bytes(value)
        let again = try JSONOutput.bytes(JSONDecoder().decode(T.self, from: Data(bytes)))
        #expect(again == bytes, sourceLocation: sourceLocation)
    }

    @Test(
        arguments: [
            #"{"username":"a","password":"b","role":"admin"}"#, #"{"username":"a","password":"b"}"#,
            #"{"username":"a","password":7,"role":"student"}"#,
            #"{"username":null,"password":"b","role":"student"}"#,
        ])
    func `a value that cannot be is refused by its shape`(text: String) {
        #expect(throws: DecodingError.self) { try fromJSON(text) as RegisterUser }
    }

    private func json(_ value: some Encodable) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(JSONOutput.bytes(value)))
        return try #require(object as? [String: Any])
    }

    private func keys(_ value: some Encodable) throws -> Set<String> {
        Set(try json(value).keys)
    }
}

/// As it goes over the wire.
func asJSON(_ value: some Encodable) throws -> String {
    String(decoding: try JSONOutput.bytes(value), as: UTF8.self)
}

func fromJSON<T: Decodable>(_ text: String) throws -> T {
    try JSONDecoder().decode(T.self, from: Data(text.utf8))
}
