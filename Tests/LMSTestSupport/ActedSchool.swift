internal import Foundation
package import LMSCore
internal import Testing

/// A small school in which people act at random, and what is true of it then.
package struct ActedSchool: Sendable {
    /// How somebody's use cases are performed: on the database, or through a server.
    package typealias Way = @Sendable (_ person: Person, _ isDryRun: Bool) -> any LMSService

    /// How many acts somebody who runs the tests by hand wants, instead of the few that a suite has time for.
    package static let acts: Int? = value(of: "LMS_ACTS").flatMap { Int($0) }
    /// From what the acts are chosen.
    package static let seeds: [UInt64] = value(of: "LMS_SEED").flatMap { UInt64($0) }.map { [$0] } ?? [1, 2, 3]

    package let world: World
    package private(set) var model = WhoSeesWhom()
    package private(set) var people: [String: Person] = [:]
    /// Whose accounts were deleted.
    package private(set) var gone: [String] = []
    /// One in each course.
    package private(set) var materials: [String: MaterialReference] = [:]
    let way: Way
    private var dice: Dice
    private var registered = 0

    package init(in world: World, seed: UInt64, by way: @escaping Way) async throws {
        self.world = world
        self.way = way
        dice = Dice(seed: seed)
        for role in [Role.teacher, .teacher, .teacher, .student, .student, .student, .student] { try await register(role) }
        let ways: [EnrollmentPolicy] = [.approval, .open, .key]
        for (number, enrollment) in ways.enumerated() {
            let (code, owner) = ("c\(number)", try pick(names(of: .teacher)))
            let course = try await person(owner).makeCourse(code, enrollment: enrollment)
            let words = people.keys.sorted().map(WhoSeesWhom.searched).joined(separator: ", ")
            materials[code] = try await person(owner).makeMaterial("Words", text: words, in: course)
            model.owners[code] = owner
        }
    }

    private static func value(of variable: String) -> String? { ProcessInfo.processInfo.environment[variable] }

    /// Somebody new, with a name and a number.
    private mutating func register(_ role: Role) async throws {
        registered += 1
        let name = role == .teacher ? "t\(registered)" : "s\(registered)"
        people[name] = try await role == .teacher ? world.teacher(name) : world.student(name)
        let details = EditUser(
            username: Username(name), name: PersonName(WhoSeesWhom.name(of: name)),
            number: PersonNumber(WhoSeesWhom.number(of: name)))
        _ = try await world.anyone.operate(details)
    }

    // MARK: - Chosen at random

    private mutating func pick(_ names: [String]) throws -> String {
        guard let name = names.randomElement(using: &dice) else { throw Missing(what: "somebody to pick") }
        return name
    }

    /// Somebody who looks at everything.
    package mutating func viewer() throws -> String { try pick(people.keys.sorted()) }

    package mutating func course() throws -> String { try pick(model.owners.keys.sorted()) }

    package func names(of role: Role) -> [String] {
        people.keys.filter { $0.hasPrefix(role == .teacher ? "t" : "s") }.sorted()
    }

    package func person(_ name: String) throws -> Person { try #require(people[name]) }

    // MARK: - Acts

    private func perform(_ useCase: some UseCase, by name: String) async throws {
        _ = try await way(person(name), false).perform(useCase)
    }

    /// One act of somebody's, unless it is none as things are.
    package mutating func act() async throws {
        let code = try course()
        let course = CourseReference(code)
        let owner = try #require(model.owners[code])
        let teacher = try pick(names(of: .teacher).filter { model.teaches($0, code) })
        let another = try pick(names(of: .teacher))
        let student = try pick(names(of: .student))
        let isIn = model.roster(of: code).contains(student)
        let isBeside = model.teachers[code]?.contains(another) == true
        switch Int.random(in: 0..<14, using: &dice) {
        case 0, 1, 2: try await join(student, code)
        case 3:
            try await perform(AddStudents(course: course, usernames: names(student)), by: teacher)
            model.asking[code]?.remove(student)
            model.enrolled[code, default: []].insert(student)
        case 4:
            try await perform(ApproveStudents(allOf: course), by: teacher)
            model.enrolled[code, default: []].formUnion(model.asking.removeValue(forKey: code) ?? [])
        case 5:
            try await perform(RejectStudents(allOf: course), by: teacher)
            model.asking[code] = nil
        case 6 where isIn:
            try await perform(RemoveStudents(course: course, usernames: names(student)), by: teacher)
            model.takeOut(student, of: code)
        case 7 where isIn:
            try await perform(LeaveCourse(course: course), by: student)
            model.takeOut(student, of: code)
        case 8, 9:
            try await perform(AddTeachers(course: course, usernames: names(another)), by: owner)
            if another != owner { model.teachers[code, default: []].insert(another) }
        case 10 where isBeside:
            let remover = try pick([owner, another])
            try await perform(RemoveTeachers(course: course, usernames: names(another)), by: remover)
            model.takeOut(another, of: code)
        case 11 where isBeside:
            try await perform(TransferCourse(course: course, to: Username(another)), by: owner)
            model.takeOut(another, of: code)
            model.teachers[code, default: []].insert(owner)
            model.owners[code] = another
        case 12: try await handOver(from: owner, to: another)
        case 13: try await delete(pick(people.keys.filter { !model.owners.values.contains($0) }.sorted()))
        default: break
        }
    }

    private mutating func join(_ student: String, _ code: String) async throws {
        let course = CourseReference(code)
        switch code {
        case "c0":
            try await perform(JoinCourse(course: course), by: student)
            if model.enrolled[code]?.contains(student) != true { model.asking[code, default: []].insert(student) }
        case "c1":
            try await perform(JoinCourse(course: course), by: student)
            model.enrolled[code, default: []].insert(student)
        default:
            let owner = try #require(model.owners[code])
            let key = try await way(person(owner), false).perform(ShowKey(course: course)).key
            try await perform(JoinCourse(key: key), by: student)
            model.enrolled[code, default: []].insert(student)
        }
    }

    /// The operator's act; whose courses they were does not teach them any more.
    private mutating func handOver(from giver: String, to taker: String) async throws {
        _ = try await world.anyone.operate(TransferCourses(from: Username(giver), to: Username(taker)))
        for (code, owner) in model.owners where owner == giver {
            model.takeOut(taker, of: code)
            model.owners[code] = taker
        }
    }

    /// Somebody goes and somebody else comes.
    private mutating func delete(_ name: String) async throws {
        let role: Role = name.hasPrefix("t") ? .teacher : .student
        _ = try await world.anyone.operate(DeleteUser(username: Username(name), everywhere: true))
        people[name] = nil
        gone.append(name)
        for code in model.owners.keys { model.takeOut(name, of: code) }
        try await register(role)
    }

    private func names(_ name: String) -> [Username] { [Username(name)] }
}

extension WhoSeesWhom {
    /// Off the roster, or off the teachers beside the owner.
    fileprivate mutating func takeOut(_ person: String, of course: String) {
        teachers[course]?.remove(person)
        enrolled[course]?.remove(person)
        asking[course]?.remove(person)
    }
}
