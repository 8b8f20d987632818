/// Finds users by name, most of them without the database.
final class UserLookup {
    struct User {
        let id: Int64
        let isTeacher: Bool
    }

    let statements: UserStatements
    private let cache = NameCache<User>(bits: 16)
    private var block = KnownNames<User>()

    init(_ statements: UserStatements) {
        self.statements = statements
    }

    @inline(__always)
    func find(_ name: UnsafeBufferPointer<UInt8>) throws -> User? {
        if let user = cache.find(name) { return user }
        return try look(up: name)
    }

    private func look(up name: UnsafeBufferPointer<UInt8>) throws -> User? {
        let username = Username(name.text)
        // Before it is looked for among others: an invalid one may fold to a valid one, or be long.
        guard username.isValid else { return nil }
        if !block.isEmpty, let known = block[username.folded] { return known }
        guard let (id, role) = try statements.role(of: username) else { return nil }
        put(name, id, role)
        return User(id: id.rawValue, isTeacher: role == .teacher)
    }

    func put(_ name: UnsafeBufferPointer<UInt8>, _ id: UserID, _ role: Role) {
        cache.put(name, User(id: id.rawValue, isTeacher: role == .teacher))
    }

    func find(_ name: String) throws -> User? {
        var name = name
        return try name.withUTF8 { try find($0) }
    }

    // MARK: - Many at once

    func beginBlock() {
        block.begin()
    }

    /// Notes a name that will be looked for.
    func expect(_ name: UnsafeBufferPointer<UInt8>) {
        let username = Username(name.text)
        if username.isValid, cache.find(name) == nil { block.expect(username.folded) }
    }

    func lookUp() throws {
        for (name, id, role) in try statements.roles(of: block.expected()) {
            block.note(name, User(id: id.rawValue, isTeacher: role == .teacher))
        }
    }
}
