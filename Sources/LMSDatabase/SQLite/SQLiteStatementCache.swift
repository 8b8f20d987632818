/// The statements that one connection has compiled.
///
/// A statement is found by where its literals lie in the program, so its text is made only to be compiled. A text that stands
/// in two places is compiled twice, which does no harm.
struct SQLiteStatementCache {
    /// Lists of values make as many texts as there are lengths: their number has a bound.
    private static let limit = 256

    private var entries: [(key: Key, statement: CompiledStatement)] = []

    /// The statement of this text, if it has been compiled; it may be at work.
    func statement(for sql: SQL) -> CompiledStatement? {
        let hash = Key.hash(sql)
        // There are some dozens: to look at them all takes less than a dictionary's hash.
        for entry in entries where entry.key.hash == hash && entry.key.isKey(of: sql) { return entry.statement }
        return nil
    }

    mutating func keep(_ statement: CompiledStatement, for sql: SQL) {
        // Whoever runs one of them keeps it until then.
        if entries.count >= Self.limit { entries = [] }
        entries.append((Key(sql), statement))
    }

    mutating func removeAll() { entries = [] }
}

/// What tells a statement's text from others: its literals' places and lengths. Values are not in it, for they are secrets
/// sometimes.
private struct Key {
    let hash: UInt
    private let literals: [Literal]

    init(_ sql: SQL) {
        hash = Self.hash(sql)
        literals = sql.parts.map(Literal.init)
    }

    func isKey(of sql: SQL) -> Bool {
        guard sql.parts.count == literals.count else { return false }
        for (part, literal) in zip(sql.parts, literals) where Literal(part) != literal { return false }
        return true
    }

    /// FNV-1a, of words instead of bytes. Source: RFC 9923
    static func hash(_ sql: SQL) -> UInt {
        var hash: UInt = 0xcbf2_9ce4_8422_2325
        for part in sql.parts { hash = (hash ^ Literal(part).place) &* 0x100_0000_01b3 }
        return hash
    }
}

/// A literal's place and length; a value, whichever it is, has none.
private struct Literal: Equatable {
    let place: UInt
    let length: Int

    init(_ part: SQL.Part) {
        switch part {
        case .value:
            place = 0
            length = 0
        case .text(let text) where text.hasPointerRepresentation:
            place = UInt(bitPattern: text.utf8Start)
            length = text.utf8CodeUnitCount
        case .text(let text):
            // A single character is in the literal itself. No pointer is as small.
            place = UInt(text.unicodeScalar.value)
            length = 1
        }
    }
}
