import LMSDatabase
import LMSTestSupport
import Testing

@testable import LMSCore

/// The search entries of a large act.
@Suite struct SearchBacklogTests {
    let database: CountedDatabase
    let world: World
    let guru: Person

    init() async throws {
        database = CountedDatabase(try World().database)
        world = World(database: database)
        guru = try await world.teacher()
    }

    /// Three MiB of texts, each with a word of its own.
    private static func file(_ word: String) -> CourseFile {
        let filler = String(repeating: "filler ", count: 50_000)
        let materials = (1...9).map { "- title: m\($0)\n  description: \(filler)\(word)\($0)\n" }.joined()
        return CourseFileScene.file("course: big\ntitle: Big \(word)\nmaterials:\n\(materials)", [])
    }

    private func apply(_ word: String) async throws {
        database.reset(limit: .max)
        _ = try await guru.perform(ApplyCourseFiles(files: [Self.file(word)]))
    }

    /// The teacher's service on a server with this worker.
    private func served(_ worker: SearchWorker) -> LocalService {
        LocalService(
            database: database, caller: Caller(token: guru.token, address: "192.0.2.1", via: .http),
            clock: { [world] in world.now }, hasher: world.hasher, searchWorker: worker)
    }

    private func wait(until condition: () async throws -> Bool) async throws {
        for _ in 0..<3000 {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        try #require(await condition())
    }

    /// All that is found: a page ends at 1 MiB of texts.
    private func found(_ words: String) async throws -> [String] {
        var titles: [String] = []
        var next: Cursor?
        repeat {
            let page = try await guru.perform(SearchTexts(words: words, after: next))
            titles += page.items.map(\.title)
            next = page.next
        } while next != nil
        return titles
    }

    private var isInStep: Bool {
        get async throws { try await world.anyone.operate(CheckSearch()) }
    }

    private var backlog: Int {
        get async throws { try await world.count("SELECT count(*) AS count FROM search_backlog") }
    }

    @Test func `follow in several transactions, and are there when it answers`() async throws {
        try await apply("alpha")
        #expect(database.writes > 3)
        #expect(try await found("alpha") == ["Big alpha"] + (1...9).map { "m\($0)" })
        #expect(try await found("alpha9") == ["m9"])
        try await apply("beta")
        #expect(try await found("alpha") == [])
        #expect(try await found("beta7") == ["m7"])
        #expect(try await backlog == 0)
        #expect(try await isInStep)
    }

    @Test func `that its program's end left undone are written by the next one`() async throws {
        try await apply("alpha")
        let text = String(repeating: "gamma ", count: 150_000)
        let file = CourseFileScene.file(
            "course: more\ntitle: More\nmaterials:\n- {title: n, description: \(text)}\n- {title: o, description: \(text)}\n",
            [])
        database.reset(limit: 1)
        _ = try await guru.perform(ApplyCourseFiles(files: [file]))
        #expect(try await found("gamma") == [])
        #expect(try await backlog == 3)
        #expect(try await isInStep, "nothing is damaged")
        database.reset()
        let isMended = try await world.anyone.operate(MendSearch())
        #expect(!isMended, "nothing is to be made anew")
        #expect(try await found("gamma") == ["n", "o"])
        #expect(try await backlog == 0)
    }

    @Test func `of a course that is deleted go, and are not found meanwhile`() async throws {
        try await apply("alpha")
        database.reset(limit: 1)
        _ = try await guru.perform(DeleteCourse(course: "big"))
        #expect(try await backlog == 9)
        #expect(try await found("alpha") == [])
        #expect(try await isInStep)
        database.reset()
        _ = try await guru.perform(
            ApplyCourseFiles(files: [CourseFileScene.file("course: small\ntitle: Small\n", [])]))
        #expect(try await backlog == 0)
        #expect(try await isInStep)
    }

    @Test func `of a small act are written with it`() async throws {
        database.reset(limit: 1)
        _ = try await guru.perform(
            ApplyCourseFiles(files: [CourseFileScene.file("course: small\ntitle: Small\n", [])]))
        #expect(try await found("small") == ["Small"])
    }

    @Test func `of a server are written by its worker, and no answer waits for them`() async throws {
        // One that cannot write yet: what is answered did not wait for it.
        let held = CountedDatabase(world.database)
        held.reset(limit: 0)
        let worker = SearchWorker(held)
        defer { worker.stop() }
        let service = served(worker)
        _ = try await service.perform(ApplyCourseFiles(files: [Self.file("alpha")]))
        #expect(try await backlog == 10)
        _ = try await service.perform(DeleteCourse(course: "big"))
        #expect(try await backlog == 10)
        _ = try await service.perform(ApplyCourseFiles(files: [Self.file("beta")]))
        #expect(try await backlog == 20)
        // It tries again by itself.
        held.reset()
        try await wait { try await backlog == 0 }
        #expect(try await found("alpha") == [])
        #expect(try await found("beta") == ["Big beta"] + (1...9).map { "m\($0)" })
        #expect(try await isInStep)
        #expect(held.writes > 1)
        // And begins anew.
        _ = try await service.perform(DeleteCourse(course: "big"))
        try await wait { try await backlog == 0 }
        #expect(try await isInStep)
    }

    @Test func `that a stopped worker leaves are written by the next one`() async throws {
        let first = SearchWorker(database)
        first.stop()
        _ = try await served(first).perform(ApplyCourseFiles(files: [Self.file("alpha")]))
        #expect(try await backlog == 10)
        let next = SearchWorker(database)
        defer { next.stop() }
        next.wake()
        try await wait { try await backlog == 0 }
        #expect(try await found("alpha9") == ["m9"])
    }

    @Test func `get their turn, whatever is written anew before them`() async throws {
        let first = SearchWorker(database)
        first.stop()
        _ = try await served(first).perform(ApplyCourseFiles(files: [Self.file("alpha")]))
        var key = SearchBacklog.Key()
        for _ in 0..<6 {
            let next = try await database.write { [key] connection in
                let backlog = SearchBacklog(connection: connection)
                try backlog.add(where: "position < 6", of: .materials)
                return try backlog.workOff(after: key)
            }
            key = try #require(next)
        }
        #expect(try await found("alpha9") == ["m9"])
    }
}
