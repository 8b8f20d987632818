import LMSCore
import Testing

@testable import LMSHTTP

/// What routes and use cases say of themselves agrees.
@Suite struct UseCaseClassTests {
    @Test(arguments: Routes.all)
    func `a route reads where its use case does, and needs somebody where that does`(route: Route) {
        let useCaseClass = route.useCase.useCaseClass
        #expect(route.needsSession == (useCaseClass != .open))
        guard route.needsSession else { return }
        #expect((route.effect == .reads) == !useCaseClass.writes)
    }
}
