import LMSCore
import LMSTestSupport
import Testing

/// Who may do what.
@Suite struct WhoMayDoWhatTests {
    @Test(arguments: Right.all, Asker.allCases)
    func `the table holds, and a denied act changes nothing`(right: Right, asker: Asker) async throws {
        try await check(right, asker)
    }

    @Test(arguments: Right.missing, Asker.allCases)
    func `what is missing is missing for everybody who is signed in`(right: Right, asker: Asker) async throws {
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
        arguments: Right.all,
        Asker.allCases)
    func `a dry run of any act gets the same verdict and changes nothing`(right: Right, asker: Asker) async throws {
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

    @Test(arguments: Right.all)
    func `each row makes the use case that it is named for`(right: Right) async throws {
        let scene = try await Scene()
        let useCase = try await right.make(scene, scene.people[.to])
        #expect("\(type(of: useCase))" == right.name)
    }

    @Test func `every use case of the core has a row`() throws {
        let found = try Right.useCasesOfTheCore()
        #expect(found.count > 20, "the search finds what there is")
        let rows = Right.all.map(\.name)
        #expect(found.subtracting(rows).sorted() == [], "use cases without a row")
        #expect(Set(rows).subtracting(found).sorted() == [], "rows without a use case")
    }
}
