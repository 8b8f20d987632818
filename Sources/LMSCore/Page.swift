internal import LMSDatabase
internal import LMSText

/// A part of a list, and where the next part begins.
package struct Page<Item: Sendable>: Sendable {
    package let items: [Item]
    /// Where to go on; `nil` at the end of the list.
    package let next: Cursor?

    enum CodingKeys: String, CodingKey {
        case items, next
    }

    /// A page ends at its number of rows, or here, in bytes.
    static var byteLimit: Int { 4 << 20 }
}

extension Page: Decodable where Item: Decodable {}

extension Page: Encodable where Item: Encodable {
    /// The end of the list is written as null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(next, forKey: .next)
    }
}

/// Carries a page key, the key of the last row of a page, to the request for the next page. Opaque to whoever passes it on.
package struct Cursor: Codable, Sendable, Hashable {
    let key: String

    init(_ key: some CustomStringConvertible) {
        self.key = key.description
    }

    /// As it is passed on.
    package var text: String { key }

    package init(from decoder: any Decoder) throws {
        key = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(key)
    }

    /// - Throws: `LMSError` `malformed` where it is not one of ours.
    func username() throws -> Username {
        guard let username = try? Username(key).checked() else { throw strange }
        return username
    }

    /// - Throws: `LMSError` `malformed` where it is not one of ours.
    func id<ID: RawRepresentable<Int64>>(as type: ID.Type) throws -> ID {
        guard let number = parseID(key), let id = ID(rawValue: number) else {
            throw strange
        }
        return id
    }

    /// The page key of a list that two tables are merged into: an id of each.
    ///
    /// - Throws: `LMSError` `malformed` where it is not one of ours.
    func ids() throws -> (Int64, Int64) {
        let parts = key.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = parseID(String(parts[0])), let second = parseID(String(parts[1]))
        else { throw strange }
        return (first, second)
    }

    /// The page key of a list whose rows are ordered by rank, and by id within one.
    ///
    /// - Parameter count: How many ranks there are.
    /// - Returns: The rank, counted from 0, and the id.
    /// - Throws: `LMSError` `malformed` where it is not one of ours.
    func rankedID(ranks count: Int) throws -> (rank: Int, id: Int64) {
        let parts = key.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 2, let rank = parseID(String(parts[0]) ?? ""), rank <= Int64(count),
            let id = parseID(String(parts[1]) ?? "")
        else { throw strange }
        return (Int(rank) - 1, id)
    }

    /// - Parameter rank: Counted from 0.
    init(rank: Int, id: Int64) {
        self.init("\(rank + 1).\(id)")
    }

    /// What is said of a cursor that is none of ours.
    var strange: LMSError {
        LMSError(.malformed, "this is no place in the list: \(quoted(key))")
    }
}

/// Which part of a list is wanted.
package struct PageRequest {
    let limit: Int
    let after: Cursor?

    package static let defaultLimit = 100
    package static let maximumLimit = 1000

    /// - Throws: `LMSError` `invalid` where the number of rows is out of range.
    init(limit: Int?, after: Cursor?) throws {
        let limit = limit ?? Self.defaultLimit
        guard (1...Self.maximumLimit).contains(limit) else {
            throw LMSError(.invalid, "a page has 1 to \(Self.maximumLimit) rows, not \(limit)")
        }
        self.limit = limit
        self.after = after
    }

    /// Of a list by id: the id of the last row that was read, and 0 at the list's beginning, because ids begin at 1.
    ///
    /// - Throws: `LMSError` `malformed` where the cursor is none of such a list.
    var lastID: Int64 {
        get throws { try after?.id(as: RowNumber.self).rawValue ?? 0 }
    }
}

/// The id of a row, of whatever table.
private struct RowNumber: RawRepresentable {
    let rawValue: Int64
}

extension Connection {
    /// Reads a page: the rows of `sql`, which asks for one row more than the page may hold.
    ///
    /// - Parameters:
    ///   - cursor: Makes a cursor of a page key.
    ///   - decode: Gives the item, its page key, and how many bytes it counts for.
    @inline(__always)
    func page<Item, Key>(
        _ request: PageRequest, _ sql: SQL, cursor: (Key) -> Cursor,
        decode: (Row) throws -> (item: Item, key: Key, size: Int)
    ) throws -> Page<Item> {
        try request.read(sql, from: self, cursor: cursor, decode: decode)
    }

    /// Reads a page of some of the rows of `sql`, which are looked through until the page is full.
    ///
    /// - Parameter decode: As above; `nil` for a row that is not wanted.
    func page<Item, Key>(
        _ request: PageRequest, among sql: SQL, cursor: (Key) -> Cursor,
        decode: (Row) throws -> (item: Item, key: Key, size: Int)?
    ) throws -> Page<Item> {
        var part = GrowingPage<Key, Item>(limit: request.limit)
        try forEach(sql) { row in
            guard let (item, key, size) = try decode(row) else { return true }
            return part.add(item, size: size, key: key)
        }
        return part.page(cursor)
    }

    /// Reads a page of a list whose rows are ordered by rank, and by id within one.
    ///
    /// - Parameters:
    ///   - ranks: How many there are.
    ///   - byteLimit: Where a page ends, in bytes.
    ///   - rows: Selects the rows of a rank behind an id, ordered by id, `limit` at most.
    ///   - decode: Gives the item, its id, and how many bytes it counts for.
    func page<Item>(
        _ request: PageRequest, ranks: Int, byteLimit: Int = Page<Item>.byteLimit,
        _ rows: (_ rank: Int, _ after: Int64, _ limit: Int) throws -> SQL,
        decode: (_ rank: Int, Row) throws -> (item: Item, id: Int64, size: Int)
    ) throws -> Page<Item> {
        let start = try request.after?.rankedID(ranks: ranks) ?? (rank: 0, id: 0)
        var part = GrowingPage<(rank: Int, id: Int64), Item>(limit: request.limit, byteLimit: byteLimit)
        for rank in start.rank..<ranks where !part.isCut {
            let after = rank == start.rank ? start.id : 0
            try forEach(try rows(rank, after, request.limit - part.count + 1)) { row in
                let (item, id, size) = try decode(rank, row)
                return part.add(item, size: size, key: (rank, id))
            }
        }
        return part.page { Cursor(rank: $0.rank, id: $0.id) }
    }
}

extension PageRequest {
    /// Takes any connection, so that the compiler makes one specialised function for each kind of item.
    fileprivate func read<Item, Key>(
        _ sql: SQL, from connection: any Connection, cursor: (Key) -> Cursor,
        decode: (Row) throws -> (item: Item, key: Key, size: Int)
    ) throws -> Page<Item> {
        var part = GrowingPage<Key, Item>(limit: limit)
        try connection.forEach(sql) { row in
            let (item, key, size) = try decode(row)
            return part.add(item, size: size, key: key)
        }
        return part.page(cursor)
    }
}

/// A page while it is read, up to the first row that it does not hold.
private struct GrowingPage<Key, Item: Sendable> {
    let limit: Int
    let byteLimit: Int
    private var items: [Item] = []
    private var bytes = 0
    /// The page key.
    private var last: Key?
    private(set) var isCut = false

    init(limit: Int, byteLimit: Int = Page<Item>.byteLimit) {
        self.limit = limit
        self.byteLimit = byteLimit
    }

    var count: Int { items.count }

    func page(_ cursor: (Key) -> Cursor) -> Page<Item> {
        Page(items: items, next: isCut ? last.map(cursor) : nil)
    }

    /// - Returns: Whether the item is in the page, which may then hold more.
    mutating func add(_ item: consuming Item, size: Int, key: Key) -> Bool {
        guard items.count < limit, bytes == 0 || bytes + size <= byteLimit else {
            isCut = true
            return false
        }
        items.append(item)
        bytes += size
        last = key
        return true
    }
}
