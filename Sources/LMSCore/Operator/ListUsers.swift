/// Lists all accounts, or those whose names, numbers or usernames have some words.
package struct ListUsers: OperatorUseCase {
    package var words: String?
    package var limit: Int?
    package var after: Cursor?

    package init(words: String? = nil, limit: Int? = nil, after: Cursor? = nil) {
        self.words = words
        self.limit = limit
        self.after = after
    }

    package func perform(on service: LocalService) async throws -> Page<ListedUser> {
        let request = try PageRequest(limit: limit, after: after)
        let search = try words.map { try PersonSearch($0) }
        return try await service.readUnsigned {
            try UserRows(connection: $0.connection).page(request, search)
        }
    }
}
