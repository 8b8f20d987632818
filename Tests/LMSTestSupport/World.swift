package import LMSCore
package import LMSDatabase
package import LMSText
internal import Synchronization

/// A database of lms in memory, with a clock that stands still until it is moved, and passwords that
/// cost nothing to check.
package final class World: Sendable {
    package let database: any Database
    package let hasher: PasswordHasher
    private let time: Mutex<Instant>

    /// 2026-11-23T12:00:00Z.
    package static let start = Instant(seconds: 1_795_435_200)
    package static let password = "kapal layar di pantai"
    /// The least that Argon2id can do: 8 KiB, one pass.
    package static let cheap = Argon2Parameters(memory: 8 << 10, passes: 1)

    package init(
        database: any Database, at now: Instant = start, parameters: Argon2Parameters = cheap
    ) {
        self.database = database
        hasher = PasswordHasher(parameters: parameters)
        time = Mutex(now)
    }

    package convenience init() throws {
        self.init(database: try Self.newDatabase())
    }

    /// In memory, or on PostgreSQL where the tests were given a cluster.
    private static func newDatabase() throws -> any Database {
        #if PostgreSQL
            if PostgreSQLTrial.cluster != nil { return try PostgreSQLTrial.make(schema: .lms) }
        #endif
        return try SQLiteDatabase.inMemory(schema: .lms)
    }

    /// What the engine of `World()` calls things.
    package static var dialect: Dialect {
        #if PostgreSQL
            if PostgreSQLTrial.cluster != nil { return .postgreSQL }
        #endif
        return .sqlite
    }

    package var now: Instant { time.withLock { $0 } }

    package func advance(by lifetime: Lifetime) {
        time.withLock { $0 = $0 + lifetime }
    }

    package func advance(milliseconds: Int64) {
        time.withLock { $0 = Instant(milliseconds: $0.milliseconds + milliseconds) }
    }

    /// What somebody with this token, or without one, performs use cases on.
    package func service(
        _ token: SessionToken? = nil, address: String = "local", via: Surface = .cli,
        isDryRun: Bool = false, hasher: PasswordHasher? = nil
    ) -> LocalService {
        LocalService(
            database: database, caller: Caller(token: token, address: address, via: via),
            isDryRun: isDryRun, clock: { self.now }, hasher: hasher ?? self.hasher)
    }

    /// Somebody who is not signed in.
    package var anyone: LocalService { service() }
    package var anyoneDryRunning: LocalService { service(isDryRun: true) }
}

// MARK: - People

/// Somebody with an account, signed in.
package struct Person: Sendable {
    package let world: World
    package let id: UserID
    package let username: Username
    package let token: SessionToken

    package var service: LocalService { world.service(token) }
    /// Everything that is done here is taken back.
    package var dryRun: LocalService { world.service(token, isDryRun: true) }

    package func perform<U: UseCase>(_ useCase: U) async throws -> U.Output {
        try await service.perform(useCase)
    }
}

extension World {
    @discardableResult
    package func register(
        _ name: String, as role: Role, password: String = password
    ) async throws -> Written<NewUser> {
        try await anyone.perform(
            RegisterUser(username: Username(name), password: Password(password), role: role))
    }

    package func logIn(
        _ name: String, password: String = password, lifetime: Lifetime? = nil,
        from address: String = "local"
    ) async throws -> SignIn {
        try await service(address: address).perform(
            LogIn(username: Username(name), password: Password(password), lifetime: lifetime))
    }

    package func teacher(_ name: String = "guru") async throws -> Person {
        try await person(name, as: .teacher)
    }

    package func student(_ name: String = "siti") async throws -> Person {
        try await person(name, as: .student)
    }

    private func person(_ name: String, as role: Role) async throws -> Person {
        let user = try await register(name, as: role)
        guard let id = user.record.id else { throw Missing(what: "the id of \(name)") }
        return Person(
            world: self, id: id, username: Username(name), token: try await logIn(name).token)
    }
}

/// Something that a test needs and did not get.
package struct Missing: Error {
    package let what: String

    package init(what: String) { self.what = what }
}

// MARK: - Things

extension Person {
    /// A course of one's own, by its code.
    package func makeCourse(
        _ code: String = "bio-101", title: String = "Biology", releaseDate: String? = nil,
        enrollment: EnrollmentPolicy? = nil
    ) async throws -> CourseReference {
        let made = try await perform(
            CreateCourse(
                title: title, code: CourseCode(code), releaseDate: releaseDate, enrollment: enrollment))
        return CourseReference(made.record.code.rawValue)
    }

    /// A material, by its id.
    package func makeMaterial(
        _ title: String, text: String = "Read chapter 1.", in course: CourseReference
    ) async throws -> MaterialReference {
        let made = try await perform(AddMaterial(course: course, title: title, description: text))
        guard let id = made.record.id else { throw Missing(what: "the id of \(title)") }
        return MaterialReference(id.description)
    }

    @discardableResult
    package func join(_ course: CourseReference) async throws -> Written<Membership> {
        try await perform(JoinCourse(course: course))
    }

    package func titles(in course: CourseReference) async throws -> [String] {
        try await perform(ListMaterials(course: course, text: false)).items
            .map { "\($0.position) \($0.title)" }
    }
}
