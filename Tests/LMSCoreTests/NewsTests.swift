import LMSCore
import LMSTestSupport
import LMSText
import Testing

/// What is new, to whom, and since when.
@Suite struct NewsTests {
    private let world: World
    private let guru: Person
    private let siti: Person

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        siti = try await world.student()
    }

    private func news(
        _ person: Person, since: String? = nil, of course: CourseReference? = nil
    ) async throws -> [String] {
        try await person.perform(ListNews(since: since, course: course)).items.map {
            "\($0.at) \($0.kind) \($0.course) \($0.subject) \($0.id?.description ?? "-")"
        }
    }

    private func edit(_ material: MaterialReference, _ fields: MaterialFields) async throws {
        _ = try await guru.perform(EditMaterial(material: material, fields))
    }

    // MARK: - Students

    @Test func `a material is new since the latest of being added, unhidden, its own date and the course's`() async throws {
        let course = try await guru.makeCourse(releaseDate: "2026-11-20")
        try await siti.join(course)
        let added = try await guru.makeMaterial("Added", in: course)
        let dated = try await guru.makeMaterial("Dated", in: course)
        try await edit(dated, MaterialFields(releaseDate: "2026-11-25"))
        let draft = try await guru.makeMaterial("Draft", in: course)
        try await edit(draft, MaterialFields(hidden: true))
        #expect(try await news(siti) == ["2026-11-23T12:00:00Z material bio-101 Added \(added)"])
        world.advance(by: .days(2))
        try await edit(draft, MaterialFields(hidden: false))
        #expect(
            try await news(siti) == [
                "2026-11-25T12:00:00Z material bio-101 Draft \(draft)", "2026-11-25T00:00:00Z material bio-101 Dated \(dated)",
                "2026-11-23T12:00:00Z material bio-101 Added \(added)",
            ])
        // The course comes out later than all of them.
        _ = try await guru.perform(EditCourse(course: course, releaseDate: "2026-11-26"))
        #expect(try await news(siti) == [])
        world.advance(by: .days(1))
        let lines = try await news(siti)
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.hasPrefix("2026-11-26T00:00:00Z material") })
    }

    @Test func `joining makes nothing new, and nothing old`() async throws {
        let course = try await guru.makeCourse()
        _ = try await guru.makeMaterial("Week 1", in: course)
        world.advance(by: .days(6))
        try await siti.join(course)
        #expect(try await news(siti) == ["2026-11-23T12:00:00Z material bio-101 Week 1 1"])
        world.advance(by: .days(2))
        #expect(try await news(siti) == [])
    }

    @Test func `changes of a text are one more line with the last instant; those before it was visible are none`() async throws {
        let course = try await guru.makeCourse()
        try await siti.join(course)
        let material = try await guru.makeMaterial("Week 1", in: course)
        try await edit(material, MaterialFields(hidden: true))
        world.advance(by: Lifetime(seconds: 60))
        try await edit(material, MaterialFields(description: "While it is a draft."))
        world.advance(by: Lifetime(seconds: 60))
        try await edit(material, MaterialFields(description: "As it comes out.", hidden: false))
        let visible = "2026-11-23T12:02:00Z material bio-101 Week 1 1"
        #expect(try await news(siti) == [visible])
        for text in ["Once.", "Twice."] {
            world.advance(by: Lifetime(seconds: 60))
            try await edit(material, MaterialFields(description: text))
        }
        try await edit(material, MaterialFields(title: "Week one", position: 1))
        #expect(
            try await news(siti) == [
                "2026-11-23T12:04:00Z change bio-101 Week one 1", "2026-11-23T12:02:00Z material bio-101 Week one 1",
            ])
        world.advance(by: .days(6))
        try await edit(material, MaterialFields(description: "Three times."))
        let change = "2026-11-29T12:04:00Z change bio-101 Week one 1"
        #expect(try await news(siti) == [change, "2026-11-23T12:02:00Z material bio-101 Week one 1"])
        world.advance(by: .days(2))
        #expect(try await news(siti) == [change])
    }

    @Test func `students have the news of courses that they are enrolled in, and no line about other students`() async throws {
        let course = try await guru.makeCourse(enrollment: .approval)
        _ = try await guru.makeMaterial("Week 1", in: course)
        let budi = try await world.student("budi")
        for student in [siti, budi] { try await student.join(course) }
        #expect(try await news(siti) == [])
        world.advance(by: Lifetime(seconds: 60))
        _ = try await guru.perform(ApproveStudents(course: course, usernames: names("siti")))
        #expect(
            try await news(siti) == [
                "2026-11-23T12:01:00Z approval bio-101 bio-101 -", "2026-11-23T12:00:00Z material bio-101 Week 1 1",
            ])
        #expect(try await news(budi) == [])
        _ = try await siti.perform(LeaveCourse(course: course))
        #expect(try await news(siti) == [])
    }

    @Test func `whoever is put on a roster or joins at once was not approved`() async throws {
        let course = try await guru.makeCourse(enrollment: .approval)
        let (budi, tono) = (try await world.student("budi"), try await world.student("tono"))
        try await siti.join(course)
        _ = try await guru.perform(ApproveStudents(course: course, usernames: names("siti")))
        _ = try await guru.perform(AddStudents(course: course, usernames: names("budi")))
        _ = try await guru.perform(EditCourse(course: course, enrollment: .open))
        try await tono.join(course)
        #expect(try await news(siti).count == 1)
        for person in [budi, tono] { #expect(try await news(person) == []) }
    }

    @Test func `an approval of more people than the log names, and one under a former name, is told to each`() async throws {
        let course = try await guru.makeCourse(enrollment: .approval)
        let many = (1...25).map { "s\($0)" }
        var last: Person?
        for name in many {
            last = try await world.student(name)
            try await last?.join(course)
        }
        world.advance(by: Lifetime(seconds: 1))
        _ = try await guru.perform(ApproveStudents(allOf: course))
        let named = try #require(last)
        #expect(try await news(named).count == 1)
        try await siti.join(course)
        world.advance(by: Lifetime(seconds: 1))
        _ = try await guru.perform(ApproveStudents(course: course, usernames: names("siti")))
        _ = try await world.anyone.operate(EditUser(username: Username("siti"), newUsername: Username("aminah")))
        #expect(try await news(siti).count == 1)
    }

    // MARK: - Teachers

    @Test func `teachers of a course see requests, joins and leaves, as far as the log is kept`() async throws {
        let course = try await guru.makeCourse()
        let (beside, other) = (try await world.teacher("beside"), try await world.teacher("other"))
        let budi = try await world.student("budi")
        try await siti.join(course)
        world.advance(by: .days(1))
        _ = try await guru.perform(AddTeachers(course: course, usernames: names("beside")))
        _ = try await guru.perform(EditCourse(course: course, enrollment: .approval))
        try await budi.join(course)
        world.advance(by: .days(1))
        _ = try await guru.perform(RejectStudents(allOf: course))
        _ = try await siti.perform(LeaveCourse(course: course))
        let acts = [
            "2026-11-25T12:00:00Z leave bio-101 siti -", "2026-11-24T12:00:00Z request bio-101 budi -",
            "2026-11-23T12:00:00Z join bio-101 siti -",
        ]
        #expect(try await news(guru) == acts)
        #expect(try await news(beside) == [acts[0], acts[1], "2026-11-24T12:00:00Z teacher bio-101 bio-101 -", acts[2]])
        #expect(try await news(other) == [])
        _ = try await world.anyone.operate(SetLogRetention(log: .days(1)))
        #expect(try await news(guru) == Array(acts[...1]))
        _ = try await world.anyone.operate(DeleteUser(username: Username("siti")))
        #expect(try await news(guru)[0] == "2026-11-25T12:00:00Z leave bio-101 (deleted) -")
        _ = try await guru.perform(RemoveTeachers(course: course, usernames: names("beside")))
        #expect(try await news(beside) == [])
        _ = try await guru.perform(DeleteCourse(course: course))
        #expect(try await news(guru) == [])
    }

    @Test func `who gives a course away was not named its teacher, and the next owner has its news`() async throws {
        let course = try await guru.makeCourse()
        let next = try await world.teacher("next")
        _ = try await guru.perform(AddTeachers(course: course, usernames: names("next")))
        try await siti.join(course)
        world.advance(by: .days(1))
        _ = try await guru.perform(TransferCourse(course: course, to: Username("next")))
        let join = "2026-11-23T12:00:00Z join bio-101 siti -"
        for person in [guru, next] { #expect(try await news(person) == [join]) }
    }

    // MARK: - Which

    @Test func `since is a length of time, a date or an instant; one that is to come finds nothing`() async throws {
        let course = try await guru.makeCourse()
        try await siti.join(course)
        _ = try await guru.makeMaterial("Week 1", in: course)
        world.advance(by: Lifetime(seconds: 3600))
        for since in ["1h", "60m", "99999999999999999999d", "2026-11-23", "0001-01-01", "2026-11-23T12:00:00Z"] {
            #expect(try await news(siti, since: since).count == 1, "\(since)")
        }
        for since in ["59m", "0d", "2026-11-24", "2026-11-23T12:00:01Z", "9999-12-31T23:59:59Z"] {
            #expect(try await news(siti, since: since) == [], "\(since)")
        }
        for since in ["", "7", "-1d", "7w", "2026-02-30", "2026-11-23T12:00:00", "yesterday"] {
            await expectError(.invalid) { try await news(siti, since: since) }
        }
    }

    @Test func `dates begin when they begin in the school`() async throws {
        _ = try await world.anyone.operate(SetSchoolZone(offset: "+07:00"))
        let course = try await guru.makeCourse()
        try await siti.join(course)
        let material = try await guru.makeMaterial("Week 1", in: course)
        try await edit(material, MaterialFields(releaseDate: "2026-11-24"))
        world.advance(by: Lifetime(seconds: 5 * 3600))
        let line = "2026-11-23T17:00:00Z material bio-101 Week 1 1"
        for since in ["7d", "2026-11-24"] { #expect(try await news(siti, since: since) == [line]) }
        #expect(try await news(siti, since: "2026-11-25") == [])
    }

    @Test func `one course is for its teachers and its students`() async throws {
        let course = try await guru.makeCourse(releaseDate: "2026-11-24")
        let another = try await guru.makeCourse("chem-1", enrollment: .approval)
        for course in [course, another] { try await siti.join(course) }
        _ = try await guru.makeMaterial("Week 1", in: course)
        #expect(try await news(guru, of: course) == ["2026-11-23T12:00:00Z join bio-101 siti -"])
        #expect(try await news(siti, of: course) == [], "it is not out, and siti is in it")
        await expectError(.denied) { try await news(siti, of: another) }
        await expectError(.denied) { try await news(try await world.teacher("other"), of: course) }
        await expectError(.notFound) { try await news(siti, of: "none") }
    }

    @Test func `pages go on where they ended while new lines come, and tell nothing of what is hidden`() async throws {
        let course = try await guru.makeCourse()
        try await siti.join(course)
        for number in 1...7 {
            let material = try await guru.makeMaterial("m\(number)", in: course)
            if number % 3 == 0 { try await edit(material, MaterialFields(hidden: true)) }
        }
        let whole = try await news(siti)
        #expect(whole.map { String($0.suffix(1)) } == ["7", "5", "4", "2", "1"])
        var read: [String] = []
        var after: Cursor?
        repeat {
            let page = try await siti.perform(ListNews(limit: 2, after: after))
            read += page.items.map(\.subject)
            after = page.next
            _ = try await guru.makeMaterial("later \(read.count)", in: course)
            world.advance(by: Lifetime(seconds: 1))
        } while after != nil
        #expect(read.filter { $0.hasPrefix("m") } == ["m7", "m5", "m4", "m2", "m1"])
    }
}
