import LMSCore
import LMSDatabase
import LMSTestSupport
import Synchronization
import Testing

/// A database that keeps the time for which its longest write had it.
private final class TimedDatabase: Database {
    private let base: any Database
    private let time = Mutex(Duration.zero)

    /// The time of the longest write since this was last asked.
    func takeLongest() -> Duration {
        time.withLock { time in
            defer { time = .zero }
            return time
        }
    }

    init(_ base: any Database) { self.base = base }

    func read<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T {
        try await base.read(body)
    }

    func write<T: Sendable>(
        _ mode: WriteMode, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await base.write(mode) { connection in
            let start = ContinuousClock.now
            defer { self.time.withLock { $0 = max($0, ContinuousClock.now - start) } }
            return try body(connection)
        }
    }
}

/// The keys of titles are made while nobody waits.
@Suite struct TitleKeyTests {
    @Test func `what titles are compared by costs no time in which others cannot write`() async throws {
        let database = TimedDatabase(try World().database)
        let world = World(database: database)
        let guru = try await world.teacher()

        /// How long others wait for a course of many materials.
        func wait(for code: String, titled title: String) async throws -> Duration {
            let materials = (1...2000).map { "- {title: \"\($0) \(title)\", description: x}\n" }.joined()
            let file = CourseFileScene.file("course: \(code)\ntitle: A\nmaterials:\n\(materials)", [])
            _ = database.takeLongest()
            let plan = try await guru.perform(ApplyCourseFiles(files: [file]))
            #expect(plan.changes.count == 2001)
            return database.takeLongest()
        }
        // The key of a title of ASCII is the title.
        let plain = try await wait(for: "plain", titled: String(repeating: "abc", count: 80))
        let odd = try await wait(for: "odd", titled: String(repeating: "\u{1ebf}", count: 240))
        #expect(odd < plain * 4, "\(odd), and \(plain) where no key is made")
    }

    @Test func `those of stored titles are what is stored`() async throws {
        let scene = try await CourseFileScene()
        func file(_ titles: String...) -> String {
            titles.reduce("course: LOOK\ntitle: Look\nmaterials:\n") {
                $0 + "  - title: \($1)\n    description: Read.\n"
            }
        }
        try await scene.apply(file("Week\u{a0}1", "Week 2"))
        #expect(
            try await scene.world.text("SELECT title_key FROM material WHERE position = 1") == "Week 1")
        try await scene.world.plant("UPDATE material SET title_key = 'Lesson 2' WHERE position = 2")
        #expect(
            try await scene.diff(file("Lesson 2", "Lesson\u{a0}3"), prune: true) == [
                "created material Lesson\u{a0}3", "deleted material Week\u{a0}1",
            ])
    }
}
