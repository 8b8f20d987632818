import LMSDatabase
import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// The key of a course, and joining with it.
@Suite struct EnrollmentKeyTests {
    let world: World
    let guru: Person
    let siti: Person
    let course: CourseReference

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        siti = try await world.student()
        course = try await guru.makeCourse(enrollment: .key)
    }

    private func shown(_ course: CourseReference? = nil) async throws -> EnrollmentKeyRecord {
        try await guru.perform(ShowKey(course: course ?? self.course))
    }

    private func key(_ course: CourseReference? = nil) async throws -> String {
        try #require(try await shown(course).key).secret
    }

    private func join(_ person: Person, _ key: String, course: CourseReference? = nil) async throws -> Written<Membership> {
        try await person.perform(JoinCourse(course: course, key: EnrollmentKey(key)))
    }

    /// What became of it: an outcome, or a code, with the seconds to wait.
    private func attempt(
        _ key: String, by person: Person? = nil, course: CourseReference? = nil, from address: String = "local",
        isDryRun: Bool = false
    ) async -> String {
        let service = world.service((person ?? siti).token, address: address, isDryRun: isDryRun)
        do {
            return try await service.perform(JoinCourse(course: course, key: EnrollmentKey(key))).outcome.rawValue
        } catch let error as LMSError {
            return error.retryAfter.map { "\(error.code.rawValue) \($0)" } ?? error.code.rawValue
        } catch {
            return "\(error)"
        }
    }

    // MARK: - The key of a course

    @Test func `a key has eight signs without look-alikes, and is another one each time`() async throws {
        var keys: Set<String> = []
        for _ in 0..<200 {
            let key = EnrollmentKey.random()
            #expect(key.secret.wholeMatch(of: /[34679ACDEFGHJKMNPQRTWXY]{4}-[34679ACDEFGHJKMNPQRTWXY]{4}/) != nil)
            keys.insert(key.secret)
        }
        #expect(keys.count == 200)
    }

    @Test func `making or editing a course to have a key makes one; another way in lets it sleep`() async throws {
        let first = try await shown()
        #expect(first.key != nil && first.expiresAt == nil && first.uses == 0 && first.useLimit == nil)
        #expect(first.state == "active")
        #expect(try await guru.perform(ShowCourse(course: course)).enrollment == .key)
        let other = try await guru.makeCourse("other")
        let error = try await world.expectRefusal(.notFound) { try await guru.perform(ShowKey(course: other)) }
        #expect(error?.hint == "Make one with: lms course edit other --enrollment key")
        _ = try await guru.perform(EditCourse(course: other, enrollment: .key))
        #expect(try await key(other) != key())
        for policy in [EnrollmentPolicy.open, .approval, .closed] {
            #expect(try await guru.perform(EditCourse(course: course, enrollment: policy)).record.enrollment == policy)
            #expect(try await shown().state == "asleep")
            #expect(try await guru.perform(ShowCourse(course: course)).enrollment == policy)
        }
        #expect(await attempt(try key()) == "denied")
        #expect(try await guru.perform(EditCourse(course: course, enrollment: .key)).outcome == .updated)
        #expect(try await key() == first.key?.secret)
        #expect(await attempt(try key()) == "created")
    }

    @Test func `an edit that does not name the key never changes it`() async throws {
        let before = try await world.text("SELECT key FROM course_key")
        _ = try await guru.perform(EditCourse(course: course, title: "Botany", code: CourseCode("bot-1")))
        #expect(try await guru.perform(EditCourse(course: "bot-1", enrollment: .key)).outcome == .unchanged)
        #expect(try await world.text("SELECT key FROM course_key") == before)
        #expect(try await guru.perform(ShowCourse(course: "bot-1")).enrollment == .key)
        for list in [ListCourses(), ListCourses(scope: .all), ListCourses(words: "bot")] {
            #expect(try await guru.perform(list).items.map(\.enrollment.known) == [.key])
        }
    }

    @Test func `a course file says that there is a key, and never which`() async throws {
        let made = CourseFile(name: "f", text: "course: c-1\ntitle: C\nenrollment: key\n", attachments: [])
        _ = try await guru.perform(ApplyCourseFiles(files: [made]))
        let key = try await key("c-1")
        let exported = try await guru.perform(ExportCourse(course: "c-1")).text
        #expect(exported.contains("enrollment: key\n"))
        #expect(!exported.contains(key) && !exported.contains(key.replacing("-", with: "")))
        let again = try await guru.perform(
            ApplyCourseFiles(files: [CourseFile(name: "f", text: exported, attachments: [])]))
        #expect(again.changes.map(\.outcome.known) == [.unchanged])
        let open = CourseFile(name: "f", text: "course: c-1\nenrollment: open\n", attachments: [])
        _ = try await guru.perform(ApplyCourseFiles(files: [open]))
        #expect(try await shown("c-1").state == "asleep")
        _ = try await guru.perform(ApplyCourseFiles(files: [made]))
        #expect(try await self.key("c-1") == key)
    }

    @Test func `rotating makes another key, which nobody used and which is not disabled`() async throws {
        let old = try await key()
        _ = try await join(siti, old)
        let changed = try await guru.perform(
            ChangeKey(course: course, expires: .days(2), useLimit: 40, disable: true))
        #expect(changed.outcome == .updated && changed.record.state == "disabled" && changed.record.uses == 1)
        #expect(changed.record.expiresAt == world.now + .days(2) && changed.record.useLimit == 40)
        let dry = try await guru.dryRun.perform(ChangeKey(course: course, rotate: true))
        #expect(dry.record.key == nil)
        #expect(try await key() == old)
        let rotated = try await guru.perform(ChangeKey(course: course, rotate: true)).record
        #expect(rotated.key?.secret != old && rotated.state == "active" && rotated.uses == 0)
        #expect(rotated.expiresAt == world.now + .days(2) && rotated.useLimit == 40)
        let budi = try await world.student("budi")
        #expect(await attempt(old, by: budi) == "denied")
        world.advance(by: .days(2))
        #expect(try await shown().state == "expired")
        #expect(try await guru.perform(ChangeKey(course: course, rotate: true)).record.expiresAt == nil)
        #expect(await attempt(try key(), by: budi) == "created")
    }

    @Test func `limits are set and taken away; what is no limit is refused; nothing new is unchanged`() async throws {
        _ = try await guru.perform(ChangeKey(course: course, expires: .days(1), useLimit: 2))
        #expect(try await guru.perform(ChangeKey(course: course, useLimit: 2)).outcome == .unchanged)
        let free = try await guru.perform(ChangeKey(course: course, expires: .days(0), useLimit: 0)).record
        #expect(free.expiresAt == nil && free.useLimit == nil)
        for wrong in [
            ChangeKey(course: course, expires: .days(366)), ChangeKey(course: course, useLimit: -1),
            ChangeKey(course: course, useLimit: 1_000_001), ChangeKey(course: course, expires: Lifetime(seconds: -1)),
        ] {
            try await world.expectRefusal(.invalid) { try await guru.perform(wrong) }
        }
        #expect(try await guru.perform(ChangeKey(course: course)).outcome == .unchanged)
    }

    @Test func `the key goes with its course`() async throws {
        let key = try await key()
        _ = try await guru.perform(DeleteCourse(course: course))
        #expect(try await world.count("SELECT count(*) FROM course_key") == 0)
        #expect(await attempt(key) == "denied")
    }

    @Test func `no log has the key, and it prints as nothing`() async throws {
        _ = try await join(siti, try key())
        _ = try await guru.perform(ChangeKey(course: course, rotate: true, expires: .days(7), useLimit: 40))
        _ = try await guru.perform(ChangeKey(course: course, disable: true))
        #expect(
            try await world.logEntries().suffix(3) == [
                "siti enrollment.join bio-101 siti", "guru course.key bio-101 rotate, expires, uses",
                "guru course.key bio-101 disable",
            ])
        let useCase = JoinCourse(key: EnrollmentKey("K7QX-93MF"))
        var dumped = ""
        dump(useCase, to: &dumped)
        for text in ["\(useCase)", String(reflecting: useCase), dumped, "\(EnrollmentKey("K7QX-93MF"))"] {
            #expect(!text.contains("K7QX") && !text.contains("93MF"))
        }
    }

    // MARK: - Joining

    @Test func `case, blanks and dashes do not matter, with the course or without`() async throws {
        let key = try await key()
        let bare = key.replacing("-", with: "")
        let spellings = [
            key.lowercased(), bare, " \(bare)\n", bare.map { "\($0)" }.joined(separator: " "),
            key.replacing("-", with: "\u{2013}"), "\u{a0}\(key)\u{200b}", "--\(bare.lowercased())--",
        ]
        for (number, spelling) in spellings.enumerated() {
            let student = try await world.student("student\(number)")
            let joined = try await join(student, spelling, course: number % 2 == 0 ? nil : course)
            #expect(joined.outcome == .created && joined.record.status == .enrolled && joined.record.code.rawValue == "bio-101")
        }
        #expect(try await shown().uses == spellings.count)
    }

    @Test func `whatever is wrong with a key, the answer is one, also in a dry run`() async throws {
        func course(_ code: String, _ change: ChangeKey? = nil, policy: EnrollmentPolicy = .key) async throws -> String {
            _ = try await guru.makeCourse(code, enrollment: .key)
            let key = try await key(CourseReference(code))
            if let change { _ = try await guru.perform(change) }
            if policy != .key { _ = try await guru.perform(EditCourse(course: CourseReference(code), enrollment: policy)) }
            return key
        }
        let expired = try await course("expired", ChangeKey(course: "expired", expires: .days(1)))
        let usedUp = try await course("used", ChangeKey(course: "used", useLimit: 1))
        _ = try await join(try await world.student("budi"), usedUp)
        world.advance(by: .days(1))
        let disabled = try await course("disabled", ChangeKey(course: "disabled", disable: true))
        let sleeping = try await course("sleeping", policy: .open)
        let keys: [(String, CourseReference?)] = [
            ("AAAA-AAAA", nil), ("AAAA-AAA", nil), ("x", nil), (String(repeating: "A", count: 10_000), nil), ("\u{0}", nil),
            ("ÄÄÄÄ-ÄÄÄÄ", nil), ("' OR 1=1", nil), (expired, nil), (usedUp, nil), (disabled, nil), (sleeping, nil),
            (try await key(), "sleeping"), ("AAAA-AAAA", self.course), (sleeping, "sleeping"),
        ]
        var answers: Set<String> = []
        for (number, (key, course)) in keys.enumerated() {
            let student = try await world.student("student\(number)")
            for isDryRun in [true, false] {
                let service = world.service(student.token, isDryRun: isDryRun)
                let error = await expectError(.denied) {
                    try await service.perform(JoinCourse(course: course, key: EnrollmentKey(key)))
                }
                answers.insert("\(error?.message ?? "-") | \(error?.hint ?? "-")")
            }
        }
        #expect(answers == ["this key opens no course | Ask your teacher for the course's key."])
        #expect(try await world.count("SELECT count(*) FROM enrollment") == 1)
    }

    @Test func `an empty key is a slip, not a guess; so is no course at all`() async throws {
        for key in ["", "  ", "-", " \u{2013}\n"] {
            try await world.expectRefusal(.usage) { try await siti.perform(JoinCourse(key: EnrollmentKey(key))) }
        }
        try await world.expectRefusal(.usage) { try await siti.perform(JoinCourse()) }
    }

    @Test func `who is in stays as before, and is not counted; a request is granted`() async throws {
        let key = try await key()
        _ = try await guru.perform(ChangeKey(course: course, useLimit: 1))
        _ = try await guru.perform(EditCourse(course: course, enrollment: .approval))
        #expect(try await siti.join(course).record.status == .pending)
        _ = try await guru.perform(EditCourse(course: course, enrollment: .key))
        #expect(try await siti.join(course).outcome == .unchanged)
        world.advance(by: .days(1))
        let dry = try await siti.dryRun.perform(JoinCourse(key: EnrollmentKey(key)))
        #expect(dry.outcome == .updated && dry.record.status == .enrolled)
        let granted = try await join(siti, key)
        #expect(granted.outcome == .updated && granted.record.status == .enrolled && granted.record.dateEntry == world.now)
        // The key is used up by now.
        for _ in 0..<2 { #expect(try await join(siti, key).outcome == .unchanged) }
        #expect(try await shown().uses == 1)
        #expect(try await siti.join(course).outcome == .unchanged)
    }

    @Test func `without its key, a course says that it needs one`() async throws {
        let error = try await world.expectRefusal(.denied) { try await siti.join(course) }
        #expect(error?.message == "the course 'bio-101' needs a key")
        #expect(error?.hint == "Ask your teacher for the key, then: lms course join --key KEY")
    }

    @Test(arguments: ["K7QX-93MF", "k7qx93mf"]) func `a key in the place of a course is asked about`(_ text: String) async throws {
        let error = try await world.expectRefusal(.notFound) { try await siti.join(CourseReference(text)) }
        #expect(error?.message == "there is no course '\(text)'")
        #expect(error?.hint?.hasSuffix("\nIs it a key? Then: lms course join --key '\(text)'") == true)
    }

    @Test(arguments: ["BIOLOGI1", "K7QX", "K7QX-93MF-K7QX"]) func `what cannot be a key is not`(_ text: String) async throws {
        let error = try await world.expectRefusal(.notFound) { try await siti.join(CourseReference(text)) }
        #expect(error?.hint == "See what there is with: lms course list --all")
    }

    @Test func `of 30 who come at once with a key for 20, 20 get in`() async throws {
        _ = try await guru.perform(ChangeKey(course: course, useLimit: 20))
        let key = try await key()
        var students: [Person] = []
        for number in 0..<30 { students.append(try await world.student("student\(number)")) }
        let outcomes = await withTaskGroup(of: String.self) { group in
            for student in students { group.addTask { await attempt(key, by: student) } }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == ["created": 20, "denied": 10])
        #expect(try await shown().uses == 20)
        #expect(try await world.count("SELECT count(*) FROM enrollment") == 20)
    }

    // MARK: - Guessing

    @Test func `ten failures are free, then the wait is 1 s and doubles; a dry run counts as any other`() async throws {
        for number in 0..<10 { #expect(await attempt("AAAA-AAA\(number)", isDryRun: number % 2 == 0) == "denied") }
        let right = try await key()
        for wait in [1, 2, 4, 8] as [Int] {
            #expect(await attempt(right) == "throttled \(wait)")
            world.advance(milliseconds: Int64(wait) * 1000 - 1)
            #expect(await attempt("x", from: "203.0.113.7", isDryRun: true) == "throttled 1")
            world.advance(milliseconds: 1)
            #expect(await attempt("x") == "denied")
        }
        // Another account is not slowed, nor is the guesser's sign-in.
        let budi = try await world.student("budi")
        #expect(await attempt(right, by: budi) == "created")
        _ = try await world.logIn("siti")
        world.advance(milliseconds: 16_000)
        #expect(await attempt(right) == "created")
    }

    @Test func `failed sign-ins do not slow a key, and a right key forgives no wrong one`() async throws {
        for _ in 0..<5 { await expectError(.wrongPassword) { try await world.logIn("siti", password: "salah sekali") } }
        let right = try await key()
        #expect(await attempt(right) == "created")
        for number in 1...10 {
            #expect(await attempt("x") == "denied")
            #expect(await attempt(right) == (number < 10 ? "unchanged" : "throttled 1"))
        }
    }

    @Test func `of 50 wrong keys at once, ten are looked at`() async throws {
        let answers = await withTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { await attempt("x") } }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(answers == ["denied": 10, "throttled 1": 40])
    }

    @Test func `an address has 300 wrong keys in 5 minutes; a class with the right one is not slowed`() async throws {
        let right = try await key()
        var students: [Person] = []
        for number in 0..<40 { students.append(try await world.student("student\(number)")) }
        for student in students.prefix(30) {
            for _ in 0..<10 { #expect(await attempt("x", by: student, from: "203.0.113.7") == "denied") }
        }
        #expect(await attempt(right, by: siti, from: "203.0.113.7") == "throttled 300")
        for (number, student) in students.enumerated() {
            #expect(await attempt(right, by: student, from: "198.51.100.1") == (number < 30 ? "throttled 1" : "created"))
        }
        world.advance(milliseconds: 300_000)
        for student in students.prefix(30) { #expect(await attempt(right, by: student, from: "203.0.113.7") == "created") }
        #expect(try await shown().uses == 40)
        #expect(await attempt(right, by: siti, from: "203.0.113.7") == "created")
    }

    @Test func `what is refused for another reason is no guess`() async throws {
        try await world.expectRefusal(.denied) { try await guru.perform(JoinCourse(key: EnrollmentKey("x"))) }
        try await world.expectRefusal(.notFound) { try await siti.perform(JoinCourse(course: "none", key: EnrollmentKey("x"))) }
        _ = try await join(siti, try key())
        #expect(try await world.count("SELECT count(*) FROM throttle") == 0)
    }
}
