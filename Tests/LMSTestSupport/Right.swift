package import LMSCore
internal import Testing

/// Who asks, as the table of rights names them.
package enum Asker: String, CaseIterable {
    /// Nobody: no valid token.
    case an
    /// A student who is not enrolled, having left.
    case s0
    /// A student who is enrolled.
    case s1
    /// The owner.
    case to
    /// Another teacher.
    case tx
}

/// What somebody gets: the answer, or an error.
package enum Verdict: Sendable, Equatable {
    case yes
    case no(LMSError.Code)

    package static let e401 = Verdict.no(.notSignedIn)
    package static let e403 = Verdict.no(.denied)
    package static let e404 = Verdict.no(.notFound)
}

/// One line of the table: a use case, and what each asker gets.
package struct Right: Sendable, CustomTestStringConvertible {
    /// The name of the use case's type.
    package let name: String
    package let verdicts: [Asker: Verdict]
    package let make: @Sendable (Scene, Person?) async throws -> any UseCase

    package init(
        _ name: String, _ an: Verdict, _ s0: Verdict, _ s1: Verdict, _ to: Verdict, _ tx: Verdict,
        _ make: @escaping @Sendable (Scene, Person?) async throws -> any UseCase
    ) {
        self.name = name
        verdicts = [.an: an, .s0: s0, .s1: s1, .to: to, .tx: tx]
        self.make = make
    }

    package var testDescription: String { name }

    package func verdict(for asker: Asker) throws -> Verdict { try #require(verdicts[asker]) }
}
