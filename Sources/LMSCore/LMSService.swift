/// Where use cases are performed: on a database here, or on a server.
package protocol LMSService: Sendable {
    /// Performs one use case, whole or not at all.
    ///
    /// - Throws: `LMSError`.
    func perform<U: UseCase>(_ useCase: U) async throws -> U.Output
}
