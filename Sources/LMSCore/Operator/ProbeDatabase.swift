/// Finds out whether the database answers.
package struct ProbeDatabase: OperatorUseCase {
    package init() {}

    package func perform(on service: LocalService) async throws {
        _ = try await service.readUnsigned { transaction -> Int64? in
            try transaction.connection.value("SELECT id FROM users LIMIT 1")
        }
    }
}
