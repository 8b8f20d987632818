import LMSDatabase
import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// Who sees whose name and number, over everything that answers: held against a model.
@Suite struct WhoSeesWhomTests {
    /// How many acts a run has, and from what they are chosen: set more by hand.
    static let (acts, seeds) = (25, [1, 2, 3] as [UInt64])

    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let courses: [CourseReference] = ["c1", "c2", "c3"]
    private static let students = ["s1", "s2", "s3", "s4"]

    /// What is true: who owns and who is in, or asks to join.
    private struct Model {
        var owners: [Int: String] = [0: "t1", 1: "t1", 2: "t2"]
        var rosters: [Int: Set<String>] = [:]

        func onRoster(_ person: String, of viewer: String) -> Bool {
            owners.contains { $0.value == viewer && rosters[$0.key]?.contains(person) == true }
        }
        func seesNumber(_ viewer: String, _ person: String) -> Bool { viewer == person || onRoster(person, of: viewer) }
        func seesName(_ viewer: String, _ person: String) -> Bool {
            seesNumber(viewer, person) || owners.values.contains(person)
        }
    }

    @Test(arguments: seeds)
    func `a name and a number are seen by whom the contract names`(seed: UInt64) async throws {
        let world = try World()
        var dice = Dice(state: seed)
        var people: [String: Person] = [:]
        for name in ["t1", "t2", "t3"] { people[name] = try await world.teacher(name) }
        for name in Self.students { people[name] = try await world.student(name) }
        for name in people.keys {
            _ = try await world.anyone.operate(
                EditUser(username: Username(name), name: PersonName("Name\(name)name"), number: PersonNumber("number\(name)number"))
            )
        }
        var model = Model()
        for (index, course) in Self.courses.enumerated() {
            let owner = try #require(people[model.owners[index] ?? ""])
            _ = try await owner.makeCourse(course.text, enrollment: index == 0 ? .approval : .open)
            _ = try await owner.makeMaterial("Week", text: "Names1name is no name.", in: course)
        }
        for _ in 0..<Self.acts {
            try await act(&model, people, in: world, &dice)
            let viewer = try #require(people.keys.sorted().randomElement(using: &dice))
            let reader = try #require(people[viewer])
            let seen = try await everything(that: reader)
            for person in people.keys {
                #expect(seen.contains("Name\(person)name\"") == model.seesName(viewer, person), "\(viewer) and \(person): \(seen)")
                #expect(seen.contains("number\(person)number") == model.seesNumber(viewer, person), "\(viewer) and \(person)")
            }
        }
        let trails = try await world.accountLogEntries() + world.logEntries()
        for text in trails { #expect(!text.contains("number") && !text.contains("Name"), "\(text)") }
    }

    private func act(_ model: inout Model, _ people: [String: Person], in world: World, _ dice: inout Dice) async throws {
        let index = Int.random(in: Self.courses.indices, using: &dice)
        let course = Self.courses[index]
        let name = try #require(Self.students.randomElement(using: &dice))
        let student = try #require(people[name])
        let owner = try #require(people[model.owners[index] ?? ""])
        let isIn = model.rosters[index]?.contains(name) == true
        switch Int.random(in: 0..<5, using: &dice) {
        case 0, 1:
            try await student.join(course)
            model.rosters[index, default: []].insert(name)
        case 2:
            _ = try await owner.perform(AddStudents(course: course, usernames: [Username(name)]))
            model.rosters[index, default: []].insert(name)
        case 3 where isIn:
            _ = try await student.perform(LeaveCourse(course: course))
            model.rosters[index]?.remove(name)
        case 4:
            let (giver, taker) = (owner.username.rawValue, taker(for: owner.username.rawValue))
            _ = try await world.anyone.operate(TransferCourses(from: Username(giver), to: Username(taker)))
            for (course, owner) in model.owners where owner == giver { model.owners[course] = taker }
        default: break
        }
    }

    private func taker(for giver: String) -> String { giver == "t3" ? "t2" : "t3" }

    /// All that a person is answered who tries everything that may show something; refusals too.
    private func everything(that person: Person) async throws -> String {
        var seen = ""
        func tried(_ useCase: some UseCase, on service: LocalService? = nil) async throws {
            do {
                let output = try await (service ?? person.service).perform(useCase)
                seen += String(decoding: try JSONOutput.bytes(output), as: UTF8.self) + "\n"
            } catch let error as LMSError { seen += "\(error.message) \(error.hint ?? "")\n" }
        }
        try await tried(WhoAmI())
        try await tried(ShowProfile())
        try await tried(ShowPersonalData())
        try await tried(ListCourses(scope: .all))
        try await tried(ListLog())
        for name in Self.students { try await tried(SearchTexts(words: "Name\(name)name number\(name)number")) }
        for course in Self.courses {
            try await tried(ShowCourse(course: course))
            try await tried(ListRoster(course: course))
            try await tried(ListRoster(course: course, words: "number"))
            try await tried(ListMaterials(course: course))
            try await tried(ExportCourse(course: course))
            try await tried(ListLog(course: course))
            try await tried(AddStudents(course: course, usernames: Self.students.map { Username($0) }), on: person.dryRun)
            try await tried(ApproveStudents(allOf: course), on: person.dryRun)
            try await tried(RemoveStudents(course: course, usernames: [Username("s1")]), on: person.dryRun)
            try await tried(
                ApplyCourseFiles(
                    files: [CourseFile(name: "f", text: "course: \(course)\nstudents: [s1, s2, s3, s4]", attachments: [])]),
                on: person.dryRun)
        }
        return seen
    }
}
