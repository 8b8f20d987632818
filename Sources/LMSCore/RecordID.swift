/// The id in a record that is answered: one that is known, or, of a record that was just made, one that may not be. A dry run
/// makes a row and takes it back, so it tells no id.
///
/// The id's type is a parameter of the record, so that a record that is there has its id without a question, and no number
/// stands for an id that is missing.
///
/// Generic types that a short command uses require no protocol in their own declaration, but in extensions: for each that does,
/// the runtime looks through all conformances of the program, which is a tenth of the command's time.
package protocol RecordID: Codable, Sendable {
    /// The row's number; `nil` where there is none.
    var number: Int64? { get }

    init<Key>(from container: KeyedDecodingContainer<Key>, forKey key: Key) throws
}

extension Identifier {
    package var number: Int64? { rawValue }

    package init<Key>(from container: KeyedDecodingContainer<Key>, forKey key: Key) throws {
        self = try container.decode(Self.self, forKey: key)
    }
}

extension Optional: RecordID where Wrapped: Identifier {
    package var number: Int64? { self?.rawValue }

    package init<Key>(from container: KeyedDecodingContainer<Key>, forKey key: Key) throws {
        self = try container.decodeIfPresent(Wrapped.self, forKey: key)
    }
}
