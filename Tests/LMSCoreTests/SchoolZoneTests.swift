import LMSDatabase
import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// The time zone of the school, and what dates mean in it.
@Suite struct SchoolZoneTests {
    let world: World
    let guru: Person
    let siti: Person

    private static let jakarta = ZoneFileBytes.make(rule: "WIB-7")
    private static let havana = ZoneFileBytes.make(rule: "CST5CDT,M3.2.0/0,M11.1.0/1")

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        siti = try await world.student()
    }

    @discardableResult
    private func set(_ useCase: SetSchoolZone, on world: World? = nil) async throws -> Outcome? {
        try await (world ?? self.world).anyone.operate(useCase).outcome.known
    }

    private func shown(on world: World? = nil) async throws -> String {
        try await (world ?? self.world).anyone.operate(ShowSchoolZone()).timezone
    }

    @Test func `it is UTC until the operator says another one, which is kept with its bytes`() async throws {
        #expect(try await shown() == "UTC")
        #expect(try await set(SetSchoolZone(name: "Asia/Jakarta", file: Self.jakarta)) == .updated)
        #expect(try await set(SetSchoolZone(name: "Asia/Jakarta", file: Self.jakarta)) == .unchanged)
        #expect(try await shown() == "Asia/Jakarta")
        let newer = ZoneFileBytes.make(rule: "WIB-8")
        #expect(try await set(SetSchoolZone(name: "Asia/Jakarta", file: newer)) == .updated, "its rules may become others")
        #expect(try await set(SetSchoolZone(offset: "-03:30")) == .updated)
        #expect(try await shown() == "-03:30")
        #expect(try await set(SetSchoolZone(offset: "UTC")) == .updated)
        #expect(try await set(SetSchoolZone(offset: "UTC")) == .unchanged)
        #expect(try await shown() == "UTC")
        #expect(
            try await world.accountLogEntries().filter { $0.contains("timezone") } == [
                "(operator) db.timezone Asia/Jakarta", "(operator) db.timezone Asia/Jakarta", "(operator) db.timezone -03:30",
                "(operator) db.timezone UTC",
            ])
    }

    @Test(arguments: [
        "", "Jakarta", "+7", "../etc/passwd", "Asia/../x", "/etc/localtime", "asia/jakarta", "Asia//x", "Asia/", "A.b",
    ])
    func `a bad zone is refused, whatever its file says, and changes nothing`(name: String) async throws {
        try await set(SetSchoolZone(offset: "+07:00"))
        await expectError(.invalid) { try await set(SetSchoolZone(offset: name)) }
        if name != "Jakarta" {
            await expectError(.invalid) { try await set(SetSchoolZone(name: name, file: Self.jakarta)) }
        }
        await expectError(.invalid) { try await set(SetSchoolZone(name: "Asia/Jakarta", file: [1, 2, 3])) }
        await expectError(.invalid) { try await set(SetSchoolZone(name: "Asia/Jakarta", file: [])) }
        #expect(try await shown() == "+07:00")
    }

    @Test func `a course is released at its date's first instant in the school, and the refusal says when that is`() async throws {
        try await set(SetSchoolZone(name: "Asia/Jakarta", file: Self.jakarta))
        let course = try await guru.makeCourse("later", releaseDate: "2026-11-25")
        let material = try await guru.makeMaterial("needle", in: course)
        try await siti.join(course)
        world.advance(milliseconds: (12 + 17) * 3_600_000 - 1)
        #expect(world.now.description == "2026-11-24T16:59:59Z")
        for useCase in [ListMaterials(course: course), ShowMaterial(material: material)] as [any UseCase] {
            let error = await expectError(.denied) { try await siti.service.perform(useCase) as Any }
            #expect(error?.message == "the materials of 'later' are released on 2026-11-25 00:00 Asia/Jakarta")
        }
        #expect(try await siti.found("needle") == [])
        world.advance(milliseconds: 1)
        #expect(try await siti.titles(in: course) == ["1 needle"])
        #expect(try await siti.found("needle") == ["needle"])
        try await set(SetSchoolZone(offset: "UTC"))
        #expect(try await siti.found("needle") == [], "the date is what was written, and means what the zone says now")
    }

    @Test func `a day that begins behind its midnight is told so`() async throws {
        try await set(SetSchoolZone(name: "America/Havana", file: Self.havana))
        let course = try await guru.makeCourse("later", releaseDate: "2027-03-14")
        try await siti.join(course)
        let error = await expectError(.denied) { try await siti.titles(in: course) }
        #expect(error?.message.hasSuffix("released on 2027-03-14 01:00 America/Havana") == true)
    }

    @Test func `today, where no date is given, is the school's: of a course, a course file, an import`() async throws {
        try await set(SetSchoolZone(offset: "+14:00"))
        func date(_ code: String) async throws -> String {
            try await guru.perform(ShowCourse(course: CourseReference(code))).releaseDate.description
        }
        _ = try await guru.makeCourse("made")
        let text = "course: applied\ntitle: T\n---\ncourse: applied-2\ntitle: T\n"
        _ = try await guru.perform(ApplyCourseFiles(files: [CourseFile(name: "c.yaml", text: text, attachments: [])]))
        try await BulkScene(world).bring(["courses": "code,title,teacher\nimported,T,guru\n"])
        for code in ["made", "applied", "applied-2", "imported"] { #expect(try await date(code) == "2026-11-24", "\(code)") }
        try await set(SetSchoolZone(offset: "-12:30"))
        _ = try await guru.makeCourse("west")
        #expect(try await date("west") == "2026-11-22")
    }

    @Test func `the right in the core, the one in the search's SQL and the zone agree over random dates`() async throws {
        let course = try await guru.makeCourse("random")
        _ = try await guru.makeMaterial("needle", in: course)
        try await siti.join(course)
        let zones = [
            (SetSchoolZone(name: "Asia/Jakarta", file: Self.jakarta), Zone("Asia/Jakarta", file: Self.jakarta)),
            (SetSchoolZone(name: "America/Havana", file: Self.havana), Zone("America/Havana", file: Self.havana)),
            (SetSchoolZone(offset: "-11:00"), Zone(offset: "-11:00")),
        ]
        var seen: Set<Bool> = []
        for (setting, zone) in zones {
            try await set(setting)
            let zone = try #require(zone)
            for _ in 0..<40 {
                world.advance(by: Lifetime(seconds: .random(in: 1...30 * 86_400)))
                let today = CalendarDate(of: world.now).daysSince1970
                let date = CalendarDate(daysSince1970: today + .random(in: -3...3))
                // Sign-ins end in such times.
                let guru = world.service(try await world.logIn("guru").token)
                _ = try await guru.perform(EditCourse(course: course, releaseDate: date.description))
                // A moment that tells a second's difference, one time of two.
                if Bool.random() {
                    let start = zone.start(of: date).seconds * 1000 + .random(in: -1...0) * 1000
                    if start > world.now.milliseconds { world.advance(milliseconds: start - world.now.milliseconds) }
                }
                let hasCome = zone.start(of: date) <= world.now
                let siti = world.service(try await world.logIn("siti").token)
                let isListed = (try? await siti.perform(ListMaterials(course: course)))?.items.count == 1
                #expect(isListed == hasCome, "\(date) at \(world.now) in \(zone.name)")
                let found = try await siti.perform(SearchTexts(words: "needle")).items
                #expect(found.isEmpty == !hasCome, "\(date) at \(world.now) in \(zone.name)")
                seen.insert(hasCome)
            }
        }
        #expect(seen.count == 2)
    }

    @Test func `a copy has it, and a copy of a school in UTC has none`() async throws {
        try await set(SetSchoolZone(name: "Asia/Jakarta", file: Self.jakarta))
        let other = try World()
        _ = try await world.anyone.operate(CopyDatabase(to: other.database))
        #expect(try await shown(on: other) == "Asia/Jakarta")
        #expect(try await set(SetSchoolZone(name: "Asia/Jakarta", file: Self.jakarta), on: other) == .unchanged)
        try await set(SetSchoolZone(offset: "UTC"))
        let third = try World()
        try await set(SetSchoolZone(offset: "+07:00"), on: third)
        try await third.plant("DELETE FROM account_audit")
        _ = try await world.anyone.operate(CopyDatabase(to: third.database))
        #expect(try await shown(on: third) == "UTC")
    }

    @Test func `a zone that somebody planted stops nobody: dates begin in UTC, and the check tells`() async throws {
        let course = try await guru.makeCourse("later", releaseDate: "2026-11-24")
        try await siti.join(course)
        for (name, file) in [("../x", Self.jakarta), ("Asia/Jakarta", [0, 1, 2]), ("nowhere", nil)] as [(String, [UInt8]?)] {
            try await world.plant("DELETE FROM school_zone")
            try await world.plant("INSERT INTO school_zone (id, name, file) VALUES (1, \(name), \(file))")
            #expect(try await shown() == "UTC")
            let error = await expectError(.denied) { try await siti.titles(in: course) }
            #expect(error?.message.hasSuffix("2026-11-24 00:00 UTC") == true)
            #expect(try await world.anyone.operate(CheckRows()).count == 1)
        }
        try await set(SetSchoolZone(offset: "+07:00"))
        #expect(try await world.anyone.operate(CheckRows()) == [])
    }
}
