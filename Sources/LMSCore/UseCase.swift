/// Something that one person does with lms, as a value that holds all it needs.
///
/// It can be performed here or sent to a server: decoding checks its shape only. Its `perform` finds,
/// permits, validates, writes and answers, in this order.
package protocol UseCase: Codable, Sendable {
    associatedtype Output: Codable & Sendable

    /// Which tokens may have it performed.
    static var useCaseClass: UseCaseClass { get }

    /// Performs the use case where the database is.
    ///
    /// - Throws: `LMSError`, or `DatabaseError`.
    func perform(on service: LocalService) async throws -> Output
}

/// A use case of somebody signed in that only reads, in one transaction.
package protocol Query: UseCase {
    associatedtype Output

    func perform(in context: Context) throws -> Output
}

/// A use case of somebody signed in that writes, in one transaction.
package protocol Mutation: UseCase {
    associatedtype Output

    func perform(in context: Context) throws -> Output
}

extension Query {
    package func perform(on service: LocalService) async throws -> Output {
        try await service.read { try perform(in: $0) }
    }
}

extension Mutation {
    package func perform(on service: LocalService) async throws -> Output {
        try await service.write { try perform(in: $0) }
    }
}

/// Something that the operator does: whoever can write the database. It is never sent to a server.
package protocol OperatorUseCase: Sendable {
    associatedtype Output: Sendable

    /// - Throws: `LMSError`, or `DatabaseError`.
    func perform(on service: LocalService) async throws -> Output
}
