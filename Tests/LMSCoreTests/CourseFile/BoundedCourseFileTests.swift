import LMSCore
import LMSDatabase
import LMSTestSupport
import Testing

/// What course files cost is bounded, all of them together.
@Suite struct BoundedCourseFileTests {
    let scene: CourseFileScene

    init() async throws { scene = try await CourseFileScene() }

    private func refusal(_ files: [CourseFile], _ code: LMSError.Code) async throws -> LMSError? {
        try await scene.world.expectRefusal(code) {
            try await scene.guru.perform(ApplyCourseFiles(files: files))
        }
    }

    @Test(
        arguments: [
            ("%TAG ! x\n---\ncourse: A-1", "1:1"), ("%YAML 1.2\n---\ncourse: A-1", "1:1"),
            ("# é\n\n  # a\n%TAG ! x\n", "4:1"), ("\u{85}%TAG ! x\n", "1:2"),
            ("\u{2028}# \u{2029}%TAG ! x\n", "1:5"), ("\u{feff}\u{feff}\r\n%TAG ! x\n", "2:1"),
            ("course: A-1\ntitle: A\n%TAG ! x\n---\ncourse: A-2\n", "3:1"),
            ("course: A-1\ntitle: A\n...\n%TAG ! x\n---\ncourse: A-2\n", "4:1"),
            ("course: A-1\ntitle: é\n... # é\n# é\n\n%TAG ! x\n", "6:1"),
            ("---\n...\n...\n%TAG ! x\n", "4:1"),
        ])
    func `a directive is refused where it stands`(text: String, place: String) async throws {
        let problems = try await scene.problems(text)
        #expect(
            problems.contains { $0.hasPrefix("\(place): lines that begin with % are not taken") },
            "\(problems)")
    }

    @Test(
        arguments: [
            "course: A-1\ntitle: A\ndescription: |\n  %TAG ! x\n",
            "course: A-1\ntitle: \"A\n%TAG b\"\n",
            "---\ncourse: A-1 # %TAG\ntitle: A %\n...\n # %TAG\n",
        ])
    func `a percent sign is no directive elsewhere`(text: String) async throws {
        #expect(try await scene.diff(text).count == 1)
    }

    @Test func `values are counted over all files`() async throws {
        // A list of n texts has n + 7 values with what is around it.
        func files(_ counts: [Int]) -> [CourseFile] {
            counts.enumerated().map { number, count in
                let texts = String(repeating: "x,", count: count)
                return CourseFileScene.file("course: c\(number)\ntitle: A\nx: [\(texts)]", name: "f\(number)")
            }
        }
        let error = try await refusal(files([150_000, 150_000, 30]), .invalid)
        #expect(error?.message.contains("problems") == true)
        let one = try await refusal(
            [CourseFileScene.file("course: A\nx: [\(String(repeating: "a,", count: 299_990))]")], .invalid)
        #expect(one?.message.contains("at most") == false, "as many as there may be")
        let more = try await refusal(
            [CourseFileScene.file("x: [\(String(repeating: "a,", count: 300_000))]")], .invalid)
        #expect(more?.message.contains("at most 300000 values in all files together") == true)
    }

    @Test func `a file that is named often counts each time`() async throws {
        let text = String(repeating: "a", count: 1 << 20)
        let materials = (1...65).map { "- {title: m\($0), description_file: a}\n" }.joined()
        let file = CourseFileScene.file(
            "course: A-1\ntitle: A\nmaterials:\n\(materials)", [CourseFile.Attachment(path: "a", text: text)])
        let error = try await refusal([file], .tooLarge)
        #expect(error?.message.contains("64 MiB") == true)
    }

    @Test func `more names or courses than one act may have are refused`() async throws {
        let names = (0...50_000).map { "s\($0)" }.joined(separator: ", ")
        let error = try await refusal(
            [CourseFileScene.file("course: A-1\ntitle: A\nstudents: [\(names)]\n")], .tooLarge)
        #expect(error?.message == "these are too many names at once: 50001, at most 50000")
        let courses = (0...10_000).map { "---\ncourse: c\($0)\ntitle: A\n" }.joined()
        #expect(
            try await refusal([CourseFileScene.file(courses)], .tooLarge)?.message
                == "these are too many courses at once: at most 10000")
    }

    @Test func `a file's name, which stands in front of each problem, is bounded`() async throws {
        let name = String(repeating: "n", count: 4097)
        _ = try await refusal([CourseFileScene.file("course: A-1", name: name)], .invalid)
        let course = try await scene.guru.makeCourse()
        await expectError(.invalid) {
            try await scene.guru.perform(
                AddStudents(course: course, usernames: [], file: NamesFile(name: name, text: "x")))
        }
    }

    @Test func `a problem far down is named by its line and column`() async throws {
        let lines = (1...400).map { "# é \($0)\n" }.joined()
        #expect(
            try await scene.problems("course: A-1\ntitle: A\n\(lines)release_date: é\n").first?.hasPrefix(
                "403:15: ")
                == true)
        let long = String(repeating: "é", count: 1000)
        #expect(
            try await scene.problems(
                "course: A-1\ntitle: [\(long), b]\nenrollment: \"\(long)\" # é\nfoo: 1\n"
            ).map {
                $0.prefix { $0 != " " }
            } == ["2:8:", "3:13:", "4:1:"])
        let students = try await scene.problems("course: A-1\ntitle: A\nstudents: [\(long), b, [c]]\n")
        #expect(students.map { $0.prefix { $0 != " " } } == ["3:12:", "3:1014:", "3:1017:"])
    }

    @Test(
        arguments: [
            "course: A-1\ntitle: A\nstudents: [e^]", "course: A-1\ntitle: A\nenrollment: e^",
            "course: A-1\ntitle: A\n? e^\n: x", "course: e^", "course: A-1\ntitle: e^",
            "course: A-1\ntitle: A\nmaterials:\n- {title: b, description_file: e^}",
            "course: A-1\ntitle: A\nrelease_date: e^",
        ])
    func `a letter with very many marks takes no longer than other texts`(text: String) async throws {
        let marks = String(repeating: "\u{301}\u{323}", count: 100_000)
        let parts = text.unicodeScalars.split(separator: "^", omittingEmptySubsequences: false)
        let text = parts.map { String($0) }.joined(separator: marks)
        let start = ContinuousClock.now
        #expect(try await scene.problems(text).count == 1)
        // By String's own comparison it would be half a minute for each.
        #expect(ContinuousClock.now - start < .seconds(10))
    }
}

/// Others' writes wait for nothing but the change itself.
@Suite struct ApplyWithoutLockTests {
    let database: CountedDatabase
    let world: World
    let guru: Person

    init() async throws {
        database = CountedDatabase(try World().database)
        world = World(database: database)
        guru = try await world.teacher()
        try await world.register("siti", as: .student)
        _ = try await guru.makeCourse("bio", title: "Biology")
        database.reset()
    }

    private func file(_ text: String) -> [CourseFile] { [CourseFileScene.file(text)] }

    @Test func `what is refused, changes nothing or is a dry run takes no write transaction`() async throws {
        await expectError(.invalid) {
            try await guru.perform(ApplyCourseFiles(files: file("course: bio\nstudents: [nobody]")))
        }
        await expectError(.busy) {
            try await guru.perform(ApplyCourseFiles(files: file("course: bio\ntitle: B"), plan: "another"))
        }
        let same = try await guru.perform(ApplyCourseFiles(files: file("course: bio\ntitle: Biology")))
        #expect(!same.hasChanges)
        let dryRun = try await guru.dryRun.perform(
            ApplyCourseFiles(files: file("course: bio\ntitle: B")))
        #expect(dryRun.changes.map(\.outcome.known) == [.updated] && dryRun.changes.allSatisfy(\.isDryRun))
        #expect(database.writes == 0)
        #expect(try await guru.perform(ShowCourse(course: "bio")).title == "Biology")
    }

    @Test func `many names of a roster are looked up before; who is unknown is told without a write`() async throws {
        let many = (1...150).map { Username("nobody\($0)") }
        await expectError(.notFound) {
            try await guru.perform(AddStudents(course: "bio", usernames: many))
        }
        let file = NamesFile(name: "f", text: many.map { "\($0)\n" }.joined())
        await expectError(.invalid) {
            try await guru.perform(AddStudents(course: "bio", usernames: [], file: file))
        }
        await expectError(.notFound) {
            try await guru.perform(RemoveStudents(course: "bio", usernames: many))
        }
        await expectError(.notFound) {
            try await guru.perform(ApproveStudents(course: "bio", usernames: many))
        }
        #expect(database.writes == 0)
        await expectError(.tooLarge) {
            let names = (0...50_000).map { Username("s\($0)") }
            return try await guru.perform(RemoveStudents(course: "bio", usernames: names))
        }
    }

    @Test func `many students come onto a roster and leave it`() async throws {
        let names = (1...150).map { Username("s\($0)") }
        for name in names { try await world.register(name.rawValue, as: .student) }
        let added = try await guru.perform(AddStudents(course: "bio", usernames: names + [Username("S1")]))
        #expect(added.map(\.outcome.known) == Array(repeating: .created, count: 150))
        let again = try await guru.perform(AddStudents(course: "bio", usernames: names))
        #expect(again.allSatisfy { $0.outcome == .unchanged })
        let removed = try await guru.perform(RemoveStudents(course: "bio", usernames: names))
        #expect(removed.map(\.record.username) == names)
    }

    @Test func `somebody who is gone since the names were looked up comes onto no roster`() async throws {
        // The one write that follows is that of the apply itself.
        let service = LocalService(
            database: InterruptedDatabase(
                world.database, beforeWrite: 1, run: "DELETE FROM users WHERE username = 'siti'"),
            caller: .local(token: guru.token), clock: { [world] in world.now }, hasher: world.hasher)
        let error = await expectError(.busy) {
            try await service.perform(ApplyCourseFiles(files: file("course: bio\nstudents: [siti]")))
        }
        #expect(error?.message == "the course's roster has just changed")
    }
}
