import LMSCore
import LMSTestSupport
import Testing

@testable import LMSHTTP

/// A server writes the search entries of large acts behind its answers.
@Suite struct SearchWorkerTests {
    /// Three MiB of texts.
    private static let file: CourseFile = {
        let text = String(repeating: "alpha ", count: 60_000)
        let materials = (1...9).map { "- title: m\($0)\n  description: \(text)\n" }.joined()
        return CourseFile(
            name: "f", text: "course: big\ntitle: Big\nmaterials:\n\(materials)", attachments: [])
    }()

    private func wait(until condition: () async throws -> Bool) async throws {
        for _ in 0..<3000 {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        try #require(await condition())
    }

    private func backlog(_ world: World) async throws -> Int {
        try await world.count("SELECT count(*) AS count FROM search_backlog")
    }

    @Test func `its own, and what an earlier program left`() async throws {
        let world = try World()
        let guru = try await world.teacher()
        // The program ends behind its one write.
        let ending = CountedDatabase(world.database)
        ending.reset(limit: 1)
        _ = try await LocalService(
            database: ending, caller: .local(token: guru.token), clock: { world.now }, hasher: world.hasher
        ).perform(ApplyCourseFiles(files: [Self.file]))
        #expect(try await backlog(world) == 10)
        try await withServer(world) { server in
            try await wait { try await backlog(world) == 0 }
            let service = server.remote(guru.token)
            #expect(try await service.perform(SearchTexts(words: "alpha")).items.count > 1)
            _ = try await service.perform(DeleteCourse(course: "big"))
            #expect(try await service.perform(SearchTexts(words: "alpha")).items.isEmpty)
            _ = try await service.perform(ApplyCourseFiles(files: [Self.file]))
            try await wait { try await backlog(world) == 0 }
            #expect(try await service.perform(SearchTexts(words: "alpha")).items.count > 1)
        }
    }
}
