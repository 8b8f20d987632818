/// Lists all accounts.
package struct ListUsers: OperatorUseCase {
    package var limit: Int?
    package var after: Cursor?

    package init(limit: Int? = nil, after: Cursor? = nil) {
        self.limit = limit
        self.after = after
    }

    package func perform(on service: LocalService) async throws -> Page<ListedUser> {
        let request = try PageRequest(limit: limit, after: after)
        return try await service.readUnsigned {
            try UserRows(connection: $0.connection).page(request)
        }
    }
}
