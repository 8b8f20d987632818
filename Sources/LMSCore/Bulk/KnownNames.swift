/// What names stand for that are looked up a block at a time. It is told of no change: so it is used for names of which the import has
/// written all rows already, or writes none.
struct KnownNames<Value> {
    /// With `nil` for a name that nothing has.
    private var values: [String: Value?] = [:]
    private var new: [String] = []
    /// The next block mostly has the same names.
    private static var limit: Int { 1 << 16 }

    var isEmpty: Bool { values.isEmpty }

    /// - Parameter name: Folded, as all names here.
    /// - Returns: `nil` where it is not known what the name stands for.
    subscript(name: String) -> Value?? { values[name] }

    mutating func begin() {
        if values.count > Self.limit { values = [:] }
    }

    mutating func expect(_ name: String) {
        guard values.index(forKey: name) == nil else { return }
        values.updateValue(nil, forKey: name)
        new.append(name)
    }

    /// The names that are to be looked up now. Until something is noted of one, nothing has it.
    mutating func expected() -> [String] {
        defer { new = [] }
        return new
    }

    mutating func note(_ name: String, _ value: Value) {
        values.updateValue(value, forKey: name)
    }
}
