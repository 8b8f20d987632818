internal import LMSDatabase
internal import LMSText

/// How many joined with a key, and how many may, in a cell: `12`, or `12/40`.
struct KeyUses: Equatable, LosslessStringConvertible {
    var uses: Int
    /// `nil`: as many as like.
    var limit: Int?

    init(uses: Int, limit: Int?) {
        self.uses = uses
        self.limit = limit
    }

    init?(_ description: String) {
        let parts = description.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { $0.allSatisfy(isASCIIDigit) ? Int(String($0) ?? "") : nil }
        guard (1...2).contains(parts.count), let uses = parts.first.flatMap(\.self), uses <= Self.most else { return nil }
        self.init(uses: uses, limit: nil)
        guard parts.count == 2 else { return }
        guard let limit = parts.last.flatMap(\.self), (1...Self.most).contains(limit) else { return nil }
        self.limit = limit
    }

    private static let most = ChangeKey.longestUseLimit

    var description: String { limit.map { "\(uses)/\($0)" } ?? "\(uses)" }
}

/// What a row of `courses.csv` says of the course's key. A row without a key says nothing.
struct ImportedKey {
    let key: EnrollmentKey
    /// When it ends; `.none` where the row does not say.
    let expiresAt: Instant??
    /// `nil` where the row does not say.
    let uses: KeyUses?

    /// - Returns: `nil` where the row has no key.
    /// - Throws: `DatabaseError`. What is wrong with the cells is noted, and told by `isGood`.
    static func read(_ reader: BulkReader, _ attempt: ImportAttempt, isGood: inout Bool) throws -> ImportedKey? {
        let cell = reader.bytes(.enrollmentKey)
        guard !cell.isEmpty else {
            for column in [BulkColumn.keyExpires, .keyUses] where !reader.bytes(column).isEmpty {
                attempt.note(column, reader, "the row has no enrollment_key")
                isGood = false
            }
            return nil
        }
        let key: EnrollmentKey? = try attempt.check(.enrollmentKey, reader) {
            let key = EnrollmentKey(cell.text)
            guard key.folded != nil else { throw LMSError(.invalid, "a key has eight letters and digits, as in K7QX-93MF") }
            return key
        }
        let expiresAt: Instant?? = try attempt.check(.keyExpires, reader) { try reader.instant(.keyExpires) }
        let uses: KeyUses?? = try attempt.check(.keyUses, reader) { try self.uses(reader) }
        guard let key, let expiresAt, let uses else {
            isGood = false
            return nil
        }
        return ImportedKey(key: key, expiresAt: reader.has(.keyExpires) ? .some(expiresAt) : .none, uses: uses)
    }

    private static func uses(_ reader: BulkReader) throws -> KeyUses? {
        let cell = reader.bytes(.keyUses)
        guard !cell.isEmpty else { return reader.has(.keyUses) ? KeyUses(uses: 0, limit: nil) : nil }
        guard let uses = KeyUses(cell.text) else {
            throw LMSError(
                .invalid, "\(quoted(cell.text)) is no number of uses",
                hint: "Write how many joined with the key, 12, or that and how many may, 12/40.")
        }
        return uses
    }

    /// The row of a course's key as this wants it, and the first column in which that is another one than is stored.
    ///
    /// - Parameter isAwake: Whether the key is the course's way in.
    func applied(to stored: EnrollmentKeyRow?, isAwake: Bool) -> (row: EnrollmentKeyRow, difference: BulkColumn?) {
        var row = stored ?? EnrollmentKeyRow(key: key, isAwake: isAwake)
        row.isAwake = isAwake
        var difference: BulkColumn? = stored == nil ? .enrollmentKey : nil
        if row.key.folded != key.folded {
            row = EnrollmentKeyRow(key: key, isAwake: isAwake, expiresAt: row.expiresAt, useLimit: row.useLimit)
            difference = .enrollmentKey
        }
        if let expiresAt, expiresAt != row.expiresAt {
            row.expiresAt = expiresAt
            difference = difference ?? .keyExpires
        }
        if let uses, uses != KeyUses(uses: row.uses, limit: row.useLimit) {
            (row.uses, row.useLimit) = (uses.uses, uses.limit)
            difference = difference ?? .keyUses
        }
        return (row, difference)
    }
}
