/// Writes values as JSON (RFC 8259), the keys in the order in which a type encodes them.
///
/// Foundation's encoder has no order of its own, and takes several times as long for a page of courses.
package enum JSONOutput {
    /// - Throws: What a value's `encode(to:)` throws.
    package static func bytes(_ value: some Encodable) throws -> [UInt8] {
        var document = JSONDocument(tree: nil)
        try document.write(value)
        return document.json.bytes
    }

    /// The same document as a value, for those who need its parts.
    ///
    /// - Throws: What a value's `encode(to:)` throws.
    package static func value(_ value: some Encodable) throws -> JSONValue {
        let tree = JSONTree()
        var document = JSONDocument(tree: tree)
        try document.write(value)
        return tree.root
    }

    /// Writes a document that was read, or made.
    package static func bytes(_ value: JSONValue) -> [UInt8] {
        var json = JSONWriter()
        json.write(value)
        return json.bytes
    }
}

/// A document as it grows.
///
/// Bytes are most of a server's work, so they go straight to their place, and whether a tree is made instead is asked here and
/// not behind a protocol.
@usableFromInline
struct JSONDocument: ~Copyable {
    private(set) var json = JSONWriter(capacity: 1024)
    private let tree: JSONTree?
    /// The objects and arrays that are open.
    private var open: [JSONWriter.Container] = []

    /// - Parameter tree: What is built in place of bytes.
    init(tree: JSONTree?) {
        self.tree = tree
        open.reserveCapacity(8)
    }

    mutating func write(_ value: some Encodable) throws {
        try withUnsafeMutablePointer(to: &self) { try JSONNode(document: $0, depth: 0).encode(value) }
    }

    /// Makes the value at a depth an object or an array. A second keyed container goes on with the same object.
    mutating func begin(_ container: JSONWriter.Container, at depth: Int) {
        guard open.count == depth else { return end(to: depth + 1) }
        open.append(container)
        if let tree { return tree.open(isObject: container == .object) }
        json.begin(container)
    }

    /// Ends what lies deeper: a nested value that somebody may still write to ends with what comes behind it.
    mutating func end(to depth: Int) {
        while open.count > depth {
            let container = open.removeLast()
            if let tree { tree.close() } else { json.end(container) }
        }
    }

    // MARK: - Members

    mutating func beginMember(_ key: String, at depth: Int) {
        end(to: depth)
        if let tree { tree.key = key } else { json.key(key) }
    }

    @usableFromInline mutating func writeMember(_ key: String, at depth: Int, _ text: String?) {
        beginMember(key, at: depth)
        if let text { write(text) } else { writeNull() }
    }

    @usableFromInline mutating func writeMember(_ key: String, at depth: Int, _ number: Int64?) {
        beginMember(key, at: depth)
        if let number { write(number) } else { writeNull() }
    }

    // MARK: - Values

    mutating func write(_ text: String) {
        if let tree { return tree.add(.string(text)) }
        json.write(text)
    }

    mutating func write(_ value: Int64) {
        if let tree { return tree.add(.number(value.description)) }
        json.write(value)
    }

    mutating func write(_ value: UInt64) {
        if let tree { return tree.add(.number(value.description)) }
        json.write(value)
    }

    mutating func write(_ value: Bool) {
        if let tree { return tree.add(.boolean(value)) }
        json.write(value)
    }

    mutating func writeNull() {
        if let tree { return tree.add(.null) }
        json.writeNull()
    }
}
