internal import LMSDatabase

/// A part of a list, and where the next part begins.
package struct Page<Item: Codable & Sendable>: Codable, Sendable {
    package let items: [Item]
    /// Where to go on; `nil` at the end of the list.
    package let next: Cursor?

    /// The end of the list is written as null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(next, forKey: .next)
    }

    enum CodingKeys: String, CodingKey {
        case items, next
    }

    /// A page ends at its number of rows, or here, in bytes.
    static var byteLimit: Int { 4 << 20 }
}

/// A place in a list: the key of the last row that was read. Opaque to whoever passes it on.
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

    private var strange: LMSError {
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
}

extension Connection {
    /// Reads a page: the rows of `sql`, which asks for one more than the page holds.
    @inline(__always)
    func page<Item>(
        _ request: PageRequest, _ sql: SQL, cursor: (Item) -> Cursor, size: (Item) -> Int,
        decode: (Row) throws -> Item
    ) throws -> Page<Item> {
        try request.read(sql, from: self, cursor: cursor, size: size, decode: decode, item: { $0 })
    }

    /// Reads a page of items that do not hold their own place in the list.
    @inline(__always)
    func page<Element, Item>(
        _ request: PageRequest, _ sql: SQL, cursor: (Element) -> Cursor, size: (Element) -> Int,
        decode: (Row) throws -> Element, item: (Element) -> Item
    ) throws -> Page<Item> {
        try request.read(sql, from: self, cursor: cursor, size: size, decode: decode, item: item)
    }
}

extension PageRequest {
    /// One function for each kind of item, whatever the connection: the compiler then makes a special one of it.
    fileprivate func read<Element, Item>(
        _ sql: SQL, from connection: any Connection, cursor: (Element) -> Cursor, size: (Element) -> Int,
        decode: (Row) throws -> Element, item: (Element) -> Item
    ) throws -> Page<Item> {
        var items: [Item] = []
        var last: Element?
        var bytes = 0
        var isCut = false
        try connection.forEach(sql) { row in
            let element = try decode(row)
            let isFull = items.count == limit
            if isFull || (bytes > 0 && bytes + size(element) > Page<Item>.byteLimit) {
                isCut = true
                return false
            }
            bytes += size(element)
            items.append(item(element))
            last = element
            return true
        }
        return Page(items: items, next: isCut ? last.map(cursor) : nil)
    }
}
