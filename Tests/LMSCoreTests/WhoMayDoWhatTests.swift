import LMSCore
import LMSTestSupport
import Testing

@Suite("Who may do what")
struct WhoMayDoWhatTests {
    @Test("the table holds, and a denied act changes nothing", arguments: Right.all, Asker.allCases)
    func table(right: Right, asker: Asker) async throws {
        try await check(right, asker)
    }

    @Test(
        "what is missing is missing for everybody who is signed in", arguments: Right.missing, Asker.allCases)
    func missingThing(right: Right, asker: Asker) async throws {
        try await check(right, asker)
    }

    private func check(_ right: Right, _ asker: Asker) async throws {
        let scene = try await Scene()
        let useCase = try await right.make(scene, scene.people[asker])
        let service = scene.service(of: asker)
        switch try right.verdict(for: asker) {
        case .yes: _ = try await service.perform(useCase) as Any
        case .no(let code):
            try await scene.world.expectRefusal(code) { try await service.perform(useCase) as Any }
        }
    }

    @Test(
        "a dry run of any act gets the same verdict and changes nothing", arguments: Right.all,
        Asker.allCases)
    func dryRun(right: Right, asker: Asker) async throws {
        // A log-in has no dry run.
        guard right.name != "LogIn" else { return }
        let scene = try await Scene()
        let useCase = try await right.make(scene, scene.people[asker])
        let service = scene.service(of: asker, isDryRun: true)
        let before = try await scene.world.dump()
        switch try right.verdict(for: asker) {
        case .yes: _ = try await service.perform(useCase) as Any
        case .no(let code): await expectError(code) { try await service.perform(useCase) as Any }
        }
        #expect(try await scene.world.dump() == before)
    }

    @Test("each row makes the use case that it is named for", arguments: Right.all)
    func rowName(right: Right) async throws {
        let scene = try await Scene()
        let useCase = try await right.make(scene, scene.people[.to])
        #expect("\(type(of: useCase))" == right.name)
    }

    @Test("every use case of the core has a row")
    func completeness() throws {
        let found = try Right.useCasesOfTheCore()
        #expect(found.count > 20, "the search finds what there is")
        let rows = Right.all.map(\.name)
        #expect(found.subtracting(rows).sorted() == [], "use cases without a row")
        #expect(Set(rows).subtracting(found).sorted() == [], "rows without a use case")
    }
}
