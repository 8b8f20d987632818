import LMSCore
import LMSTestSupport
import LMSText

@testable import LMSHTTP

/// A term at a school: every use case, and what each of them refuses.
enum Scenario {
    static func play(_ play: Play) async throws {
        try await accounts(play)
        try await courses(play)
        try await enrollments(play)
        try await teachers(play)
        try await materials(play)
        try await lists(play)
        try await searches(play)
        try await courseFiles(play)
        try await keys(play)
        try await years(play)
        try await sessions(play)
        try await strangers(play)
    }

    private static func register(
        _ name: String, _ role: Role, password: String = World.password, ifNotExists: Bool = false
    ) -> RegisterUser {
        RegisterUser(
            username: Username(name), password: Password(password), role: role, ifNotExists: ifNotExists)
    }

    private static func accounts(_ play: Play) async throws {
        try await play.both(nil, register("guru", .teacher))
        for (name, role) in [("other", Role.teacher), ("siti", .student), ("budi", .student)] {
            try await play.step(nil, register(name, role))
        }
        try await play.both(nil, register("SITI", .student))
        try await play.both(nil, register("Siti", .student, ifNotExists: true))
        try await play.step(nil, register("siti", .teacher, ifNotExists: true))
        for name in ["", "a b", "é", String(repeating: "a", count: 26), "-a", "a\u{0}", "a\u{1b}[2J"] {
            try await play.step(nil, register(name, .student))
        }
        for password in ["short", "password", "aaaaaaaa", "newcomer", "kapal\u{0}layar"] {
            try await play.step(nil, register("newcomer", .student, password: password))
        }
        try await play.step(
            nil, register("newcomer", .student, password: String(repeating: "x9", count: 513)))
        for name in ["guru", "other", "siti", "budi"] { try await play.signIn(name) }
        try await play.signIn("nobody")
        try await play.signIn("siti", password: "wrong one")
        try await play.signIn("siti", lifetime: .days(366))
        try await play.signIn("budi", lifetime: Lifetime(seconds: 60))
        for name in ["guru", "siti"] { try await play.step(name, WhoAmI()) }
        try await play.both("siti", EditProfile(name: PersonName(" Siti Aminah ")))
        try await play.step("siti", EditProfile(name: PersonName("Siti Aminah")))
        try await play.step("siti", EditProfile(name: nil))
        try await play.step("guru", EditProfile(name: PersonName("a\nb")))
        for name in ["guru", "siti"] { try await play.step(name, ShowProfile()) }
    }

    private static func courses(_ play: Play) async throws {
        try await play.both(
            "guru",
            CreateCourse(
                title: "  Biologi \"Dasar\" \u{1f469}\u{200d}\u{1f3eb} e\u{301}", code: CourseCode("bio-101"),
                description: "Cells.\r\nTissues.\tZero-width: \u{200b}; bidi: \u{202e}; \u{1b}[2J",
                releaseDate: "2026-11-23", enrollment: .approval))
        try await play.both("guru", CreateCourse(title: "Chemistry"))
        try await play.step("guru", CreateCourse(title: "Chemistry", enrollment: .closed))
        try await play.step("other", CreateCourse(title: "Physics", releaseDate: "2027-01-11"))
        try await play.both(
            "guru", CreateCourse(title: "x", code: CourseCode("BIO-101"), ifNotExists: true))
        try await play.step("guru", CreateCourse(title: "x", code: CourseCode("BIO-101")))
        try await play.step("guru", CreateCourse(title: "x", ifNotExists: true))
        try await play.step("guru", CreateCourse(title: "x", code: CourseCode("101")))
        try await play.step("guru", CreateCourse(title: "x", releaseDate: "2027-02-29"))
        for title in ["", " \u{a0} ", "a\nb", String(repeating: "x", count: 256)] {
            try await play.step("guru", CreateCourse(title: title))
        }
        try await play.step("siti", CreateCourse(title: "x"))
        try await play.both(
            "guru", EditCourse(course: "bio-101", title: "Biology", description: "", enrollment: .open))
        try await play.step("guru", EditCourse(course: "bio-101", title: "Biology"))
        try await play.step("guru", EditCourse(course: "1", code: CourseCode("chemistry")))
        try await play.step("other", EditCourse(course: "bio-101", title: "Mine"))
        try await play.step("guru", EditCourse(course: "none", title: "x"))
        for course in [
            "1", "BIO-101", "course:1", "course:99", "course:bio-101", "material:1", "chemistry-2", "0", "01",
            "99", "a/b?c#d", "%2e", "é ", "..x",
        ] {
            try await play.step("siti", ShowCourse(course: CourseReference(course)))
        }
    }

    private static func enrollments(_ play: Play) async throws {
        try await play.both("siti", JoinCourse(course: "bio-101"))
        try await play.both("siti", JoinCourse(course: "bio-101"))
        try await play.step("siti", JoinCourse(course: "chemistry-2"))
        try await play.step("guru", JoinCourse(course: "bio-101"))
        try await play.step("siti", JoinCourse(course: "none"))
        try await play.step("guru", EditCourse(course: "chemistry", enrollment: .approval))
        try await play.step("siti", JoinCourse(course: "chemistry"))
        try await play.step("budi", JoinCourse(course: "chemistry"))
        try await play.step("guru", ListRoster(course: "chemistry", status: .pending))
        try await play.step("guru", ListRoster(course: "chemistry", words: "aminah"))
        try await play.step("guru", ListRoster(course: "chemistry", words: "-"))
        try await play.both(
            "guru", ApproveStudents(course: "chemistry", usernames: names("siti", "SITI")))
        try await play.step("guru", RejectStudents(course: "chemistry", usernames: names("budi", "siti")))
        try await play.both("guru", RejectStudents(course: "chemistry", usernames: names("budi")))
        try await play.step("guru", RejectStudents(course: "course:2", usernames: names("budi")))
        try await play.step("budi", JoinCourse(course: "course:2"))
        try await play.step("guru", ListCourses())
        try await play.both("guru", RejectStudents(allOf: "chemistry"))
        try await play.step("budi", JoinCourse(course: "chemistry"))
        try await play.both("guru", ApproveStudents(allOf: "chemistry"))
        try await play.step("guru", ApproveStudents(course: "chemistry", usernames: names("other")))
        try await play.both("guru", AddStudents(course: "chemistry-2", usernames: names("siti", "budi")))
        try await play.step("guru", AddStudents(course: "chemistry-2", usernames: names("siti")))
        try await play.step("guru", AddStudents(course: "chemistry", usernames: names("nobody", "siti")))
        try await play.step("guru", AddStudents(course: "chemistry", usernames: names("other")))
        for text in ["\u{feff}# all\r\n\r\n siti # one\r\nbudi", "siti\nnobody\n\n  other\na b", ""] {
            let file = NamesFile(name: "class \u{1b}.txt", text: text)
            try await play.step("guru", AddStudents(course: "chemistry-2", usernames: [], file: file))
        }
        try await play.both("guru", RemoveStudents(course: "chemistry-2", usernames: names("budi")))
        try await play.step("guru", RemoveStudents(course: "chemistry-2", usernames: names("budi")))
        try await play.step("guru", RemoveStudents(course: "chemistry-2", usernames: []))
        try await play.both("siti", LeaveCourse(course: "chemistry"))
        try await play.step("siti", LeaveCourse(course: "chemistry"))
        try await play.step("guru", LeaveCourse(course: "chemistry"))
        try await play.step("other", ListRoster(course: "chemistry"))
    }

    private static func teachers(_ play: Play) async throws {
        try await play.both("guru", AddTeachers(course: "chemistry-2", usernames: names("other", "OTHER")))
        try await play.step("guru", AddTeachers(course: "chemistry-2", usernames: names("other", "guru")))
        try await play.step("guru", AddTeachers(course: "chemistry-2", usernames: names("nobody", "siti")))
        try await play.step("guru", AddTeachers(course: "chemistry-2", usernames: names("other", "siti")))
        try await play.step("other", AddTeachers(course: "chemistry-2", usernames: names("other")))
        for who in ["guru", "other", "siti"] { try await play.step(who, ListTeachers(course: "chemistry-2")) }
        try await play.pages("siti") { ListTeachers(course: "chemistry-2", limit: 1, after: $0) }
        try await play.step("other", EditCourse(course: "chemistry-2", title: "Chemistry II"))
        for who in ["guru", "other"] { try await play.step(who, ShowCourse(course: "chemistry-2")) }
        try await play.step("other", ListCourses())
        try await play.pages("other") { ListLog(limit: 1, after: $0) }
        try await play.step("other", DeleteCourse(course: "chemistry-2"))
        try await play.step("guru", TransferCourse(course: "chemistry", to: Username("other")))
        try await play.both("guru", TransferCourse(course: "chemistry-2", to: Username("guru")))
        try await play.both("guru", TransferCourse(course: "chemistry-2", to: Username("other")))
        try await play.step("guru", TransferCourse(course: "chemistry-2", to: Username("other")))
        try await play.both("other", TransferCourse(course: "chemistry-2", to: Username("guru")))
        try await play.step("guru", RemoveTeachers(course: "chemistry-2", usernames: names("guru")))
        try await play.both("guru", RemoveTeachers(course: "chemistry-2", usernames: names("other")))
        try await play.step("guru", RemoveTeachers(course: "chemistry-2", usernames: names("other")))
        try await play.step("other", RemoveTeachers(course: "chemistry-2", usernames: names("other")))
    }

    private static func plans(_ play: Play) async throws {
        let fields = MaterialFields(
            title: "Quiz", description: "Write.", section: "Week 1", hidden: true, releaseDate: "2026-11-01",
            due: "2027-02-01T23:59")
        try await play.both("guru", AddMaterial(course: "bio-101", fields))
        for choice in [IfExists.fail, .skip, .update] {
            let again = MaterialFields(title: "Quiz", description: "Write more.", due: "")
            try await play.step("guru", AddMaterial(course: "bio-101", again, ifExists: choice))
        }
        let quiz = MaterialReference("5")
        try await play.step("guru", EditMaterial(material: quiz, MaterialFields(due: "soon")))
        for who in ["guru", "siti"] {
            try await play.step(who, ListMaterials(course: "bio-101", text: false, due: true))
            try await play.step(who, ShowMaterial(material: quiz))
        }
        try await play.step("guru", ListMaterials(course: "bio-101", asStudent: true))
        try await play.step("siti", ListMaterials(course: "bio-101", asStudent: true))
        try await play.pages("siti") { ListMaterials(course: "bio-101", limit: 1, after: $0) }
        try await play.both("guru", MoveMaterial(material: quiz, before: MaterialReference("1")))
        try await play.step("guru", MoveMaterial(material: quiz, behind: MaterialReference("99")))
        try await play.step("guru", MoveMaterial(material: quiz, course: "bio-101"))
        try await play.both("guru", MoveMaterial(material: quiz, to: "chemistry-2"))
        try await play.step("siti", MoveMaterial(material: quiz, to: "bio-101"))
        try await play.both("guru", DeleteMaterial(material: quiz))
        try await play.step("guru", ListTrash())
        try await play.step("guru", ListTrash(course: "chemistry-2"))
        try await play.step("siti", ListTrash())
        try await play.step("other", RestoreTrash(entry: TrashReference("1")))
        try await play.both("guru", RestoreTrash(entry: TrashReference("1"), title: "Quiz 2"))
        try await play.both("guru", DeleteMaterial(material: quiz))
        try await play.step("guru", EmptyTrash(entries: [TrashReference("99")]))
        try await play.both("guru", EmptyTrash())
    }

    private static func materials(_ play: Play) async throws {
        let text = "# Week 1 \u{2028} \u{7f}\u{85}\u{feff}\r\n\u{10ffff}\u{e000}\\ \" / e\u{301} \u{e9}\n"
        try await play.both("guru", AddMaterial(course: "bio-101", description: text))
        for title in ["Week 1", "Week 2", "Week 3"] {
            try await play.step("guru", AddMaterial(course: "bio-101", title: title, description: ""))
        }
        try await play.step("guru", AddMaterial(course: "bio-101", title: "Week 1", description: "x"))
        try await play.step("guru", AddMaterial(course: "bio-101", description: " \n "))
        try await play.step("guru", AddMaterial(course: "bio-101", title: "x", description: "a\u{0}"))
        try await play.step(
            "guru",
            AddMaterial(
                course: "bio-101", title: "x", description: String(repeating: "x", count: (1 << 20) + 1)))
        try await play.step("siti", AddMaterial(course: "bio-101", description: "x"))
        let second = MaterialReference("2")
        try await play.both("guru", EditMaterial(material: second, title: "Week two", position: 1))
        try await play.both("guru", EditMaterial(material: second, course: "bio-101", description: text))
        try await play.step("guru", EditMaterial(material: second))
        try await play.step("guru", EditMaterial(material: second, title: "Week 3"))
        try await play.step("guru", EditMaterial(material: second, position: 9))
        try await play.step("guru", EditMaterial(material: second, course: "chemistry", title: "x"))
        try await plans(play)
        try await play.step("siti", ShowMaterial(material: second))
        try await play.step("siti", ShowMaterial(material: second, course: "1"))
        try await play.step("siti", ShowMaterial(material: second, course: "chemistry-2"))
        try await play.step("budi", ShowMaterial(material: second))
        for id in ["x", "0", "99", "a b/c", "material:2", "course:2"] {
            try await play.step("siti", ShowMaterial(material: MaterialReference(id)))
        }
        try await play.step("other", ListMaterials(course: "bio-101"))
        for title in ["Week two", " Week two\u{a0}", "week two", "", "a\u{0}&b=c"] {
            try await play.step("siti", ListMaterials(course: "bio-101", title: title))
        }
        try await play.step("other", ListMaterials(course: "bio-101", title: "Week two"))
        try await play.both("guru", DeleteMaterial(material: second))
        try await play.step("guru", DeleteMaterial(material: second, course: "bio-101"))
        try await play.step("guru", DeleteMaterial(material: MaterialReference("3"), course: "1"))
        try await play.step("other", DeleteMaterial(material: MaterialReference("1")))
    }

    private static func lists(_ play: Play) async throws {
        for who in ["guru", "siti", "other"] {
            try await play.step(who, ListCourses())
            try await play.pages(who) { ListCourses(scope: .all, limit: 1, after: $0) }
        }
        try await play.pages("guru") { ListCourses(scope: .mine, limit: 2, after: $0) }
        try await play.pages("guru") { ListRoster(course: "chemistry-2", limit: 1, after: $0) }
        try await play.pages("siti") { ListMaterials(course: "bio-101", limit: 1, after: $0) }
        try await play.pages("siti") { ListMaterials(course: "bio-101", text: false, limit: 2, after: $0) }
        try await play.pages("budi") { ListTokens(limit: 1, after: $0) }
        for who in ["guru", "siti", "other"] {
            try await play.step(who, ListLog())
            try await play.step(who, ListLog(course: "bio-101", limit: 3))
        }
        try await play.pages("guru") { ListLog(course: "chemistry", limit: 2, after: $0) }
        try await play.step("guru", ListLog(course: "none"))
        try await play.step("guru", ListLog(course: "course:1", limit: 1))
        try await play.step("guru", ListLog(limit: 1001))
        try await NewsScenario.play(play)
        for limit in [0, -1, 1001] { try await play.step("guru", ListCourses(limit: limit)) }
        try await play.step("guru", ListCourses(limit: 1000))
        let strange = try Play.cursor("a b&c=d")
        try await play.step("guru", ListCourses(after: strange))
        try await play.step("guru", ListRoster(course: "bio-101", after: strange))
        try await play.step("guru", ListTokens(after: strange))
        try await play.step("guru", ListLog(after: strange))
    }

    private static func searches(_ play: Play) async throws {
        for who in [nil, "guru", "siti", "budi", "other"] {
            try await play.step(who, SearchTexts(words: "week"))
            try await play.step(who, SearchTexts(words: "CHEM", course: "chemistry-2"))
        }
        for who in ["guru", "siti"] {
            try await play.pages(who) { SearchTexts(words: "e", limit: 1, after: $0) }
            try await play.pages(who) { ListCourses(scope: .all, words: "che", limit: 1, after: $0) }
            try await play.step(who, ListCourses(words: "bio"))
        }
        let words = ["", " ", "*", "\"a b*\"", "é\u{301} \u{1b}[2J \u{0}&q=x+y%41", "NEAR(a) -b:c OR ^d"]
        for text in words + [String(repeating: "x", count: 201), "a b c d e f g h i j k"] {
            try await play.step("guru", SearchTexts(words: text))
            try await play.step("guru", ListCourses(words: text))
        }
        try await play.step("guru", SearchTexts(words: "", course: "none"))
        try await play.step("guru", SearchTexts(words: "x", limit: 0))
        for text in ["1", "0.1", "9.1", "1.01", "a b&c=d"] {
            let strange = try Play.cursor(text)
            try await play.step("guru", SearchTexts(words: "x", after: strange))
            try await play.step("guru", ListCourses(words: "x", after: strange))
        }
    }

    private static func courseFiles(_ play: Play) async throws {
        func files(_ text: String) -> [CourseFile] {
            [
                CourseFile(
                    name: "a \"b\"\u{1b}.yaml", text: text,
                    attachments: [.init(path: "m/1.md", text: "\u{feff}# One\r\n\u{85}")])
            ]
        }
        let whole = files(
            """
            course: code-1
            title: As code
            students: [SITI]
            materials:
              - {title: One, description_file: m/1.md}
              - {title: Two, description: "x\\ty"}
            """)
        try await play.step("guru", DiffCourseFiles(files: whole))
        try await play.both("guru", ApplyCourseFiles(files: whole))
        try await play.both("guru", ApplyCourseFiles(files: whole, prune: true))
        try await play.step("guru", DiffCourseFiles(files: whole, prune: true))
        try await play.step("guru", ExportCourse(course: "code-1"))
        try await play.step("guru", ExportCourse(course: "code-1", split: true, students: false))
        let less = files("course: CODE-1\nenrollment: closed\nmaterials: [{title: Two}]")
        try await play.both("guru", ApplyCourseFiles(files: less, prune: true))
        for text in ["", "*a", "course: [", "course: code-1\nfoo: 1\nstudents: [nobody, other]"] {
            try await play.step("guru", ApplyCourseFiles(files: files(text)))
            try await play.step("guru", DiffCourseFiles(files: files(text)))
        }
        try await play.step("guru", ApplyCourseFiles(files: []))
        for who in [nil, "siti", "other"] {
            try await play.step(who, ApplyCourseFiles(files: less))
            try await play.step(who, DiffCourseFiles(files: less))
            try await play.step(who, ExportCourse(course: "code-1"))
        }
        try await play.step("guru", ExportCourse(course: "none"))
    }

    private static func keys(_ play: Play) async throws {
        try await play.both("guru", CreateCourse(title: "Locked", code: CourseCode("lock-1"), enrollment: .key))
        try await play.step("guru", ShowKey(course: "chemistry"))
        for who in [nil, "siti", "other"] {
            try await play.step(who, ShowKey(course: "lock-1"))
            try await play.step(who, ChangeKey(course: "lock-1", rotate: true))
        }
        try await play.both("guru", ChangeKey(course: "lock-1", rotate: true, expires: .days(7), useLimit: 40))
        try await play.step("guru", ChangeKey(course: "lock-1", useLimit: -1))
        try await play.step("guru", ChangeKey(course: "lock-1", expires: .days(366)))
        let key = try await play.step("guru", ShowKey(course: "lock-1"))?.key
        try await play.step("siti", JoinCourse(course: "lock-1"))
        for (who, wrong) in [(nil, "x"), ("guru", "x"), ("siti", ""), ("siti", "x"), ("siti", "A\u{0}\u{1b}é")] {
            try await play.both(who, JoinCourse(key: EnrollmentKey(wrong)))
            try await play.step(who, JoinCourse(course: "none", key: EnrollmentKey(wrong)))
            try await play.step(who, JoinCourse(course: "lock-1", key: EnrollmentKey(wrong)))
        }
        try await play.step("siti", JoinCourse(course: "bio-101", key: key))
        try await play.both("siti", JoinCourse(key: key))
        try await play.both("siti", JoinCourse(key: key))
        try await play.both("budi", JoinCourse(course: "lock-1", key: key))
        try await play.both("guru", ChangeKey(course: "lock-1", disable: true))
        try await play.step("guru", ShowKey(course: "lock-1"))
    }

    private static func sessions(_ play: Play) async throws {
        try await play.both("siti", CreateToken(label: "CI"))
        try await play.both("siti", CreateToken(label: "Ünïcode", lifetime: .days(365)))
        try await play.step("siti", CreateToken(label: ""))
        try await play.step("siti", CreateToken(label: "x", lifetime: .days(366)))
        try await play.step("siti", ListTokens())
        let last = try await play.step("siti", CreateToken(label: "last"))?.record.session.id
        let id = SessionReference(last.map { "\($0)" } ?? "-")
        try await play.step("budi", RevokeToken(id: id))
        try await play.both("siti", RevokeToken(id: id))
        for id in ["x", "0", "a/b"] { try await play.step("siti", RevokeToken(id: SessionReference(id))) }
        let (old, new) = (Password(World.password), Password("kapal yang lain"))
        try await play.both("siti", ChangePassword(current: old, new: new))
        try await play.step("siti", ChangePassword(current: old, new: new))
        try await play.step("siti", ChangePassword(current: new, new: Password("short")))
        for _ in 0..<6 { try await play.signIn("siti", password: "wrong one") }
        play.world.advance(by: Lifetime(seconds: 2))
        try await play.signIn("siti", password: "kapal yang lain")
        try await play.step("siti", ShowPersonalData())
        try await play.step("siti", LogOut(), isDryRun: false)
        try await play.step("siti", LogOut(all: true))
        try await play.step("budi", LogOut(all: true))
        try await play.both("guru", DeleteCourse(course: "bio-101"))
        try await play.step("guru", DeleteCourse(course: "bio-101"))
        try await play.step("guru", ListLog(course: "bio-101", limit: 2))
        try await play.step("other", DeleteCourse(course: "chemistry"))
    }

    /// Those who are not signed in.
    private static func strangers(_ play: Play) async throws {
        for who in [nil, "siti"] as [String?] {
            try await play.step(who, WhoAmI())
            try await play.step(who, ShowCourse(course: "none"))
            try await play.step(who, CreateCourse(title: ""), isDryRun: true)
            try await play.step(who, ListMaterials(course: "chemistry", limit: 0))
        }
        play.world.advance(by: .days(8))
        try await play.step("guru", WhoAmI())
    }
}

extension Play {
    /// A place in a list that no list gave.
    static func cursor(_ text: String) throws -> Cursor {
        try JSONInput.value(Cursor.self, from: .string(text), .request)
    }
}
