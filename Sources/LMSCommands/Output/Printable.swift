internal import LMSCore

/// A record that commands print. How it prints lives here, with the commands, not in the model.
protocol Printable: Sendable {
    /// The columns in their order.
    static var columns: [Column<Self>] { get }

    /// Whether what became of a record that was written is a column in every format, not only in JSON and
    /// tables.
    static var alwaysShowsOutcome: Bool { get }

    /// What `--quiet` prints: the name or number to use it by in the next command; none in a dry run
    /// that would have made it.
    var identity: String? { get }
}

extension Printable {
    static var alwaysShowsOutcome: Bool { false }
}

/// One column of a record.
struct Column<Record>: Sendable {
    let name: String
    /// Whether it is left out of lists, but for JSON.
    let isExtra: Bool
    let room: ColumnRoom
    /// Whether tables have it: a number that another column says in words is for programs alone.
    let isInTables: Bool
    let cell: @Sendable (Record) -> Cell

    init(
        _ name: String, isExtra: Bool = false, inTables: Bool = true, _ room: ColumnRoom = .text,
        cell: @escaping @Sendable (Record) -> Cell
    ) {
        self.name = name
        self.isExtra = isExtra
        self.room = room
        isInTables = inTables
        self.cell = cell
    }

    /// The same column of something that holds the record.
    func within<Whole>(_ part: @escaping @Sendable (Whole) -> Record) -> Column<Whole> {
        let cell = cell
        return Column<Whole>(name, isExtra: isExtra, inTables: isInTables, room) { cell(part($0)) }
    }
}

/// One value as it is printed.
enum Cell: Sendable {
    case null
    /// Not there at all: JSON leaves the key out.
    case absent
    case text(String)
    /// A word of ours, which no user wrote: a spreadsheet may take it as it is.
    case word(String)
    /// A text of which the part around a place is to be seen, in Unicode scalars from its beginning.
    case excerpt(String, around: Int)
    case integer(Int64)
    /// A size, which people read in larger units.
    case bytes(Int64)
    case boolean(Bool)
    /// Words without commas.
    case list([String])

    init(_ value: (some CustomStringConvertible)?) {
        self = value.map { .text($0.description) } ?? .null
    }

    init(_ value: Int) {
        self = .integer(Int64(value))
    }

    init(count: Int?) {
        self = count.map { .integer(Int64($0)) } ?? .null
    }

    init(id: some RecordID) {
        self = id.number.map { .integer($0) } ?? .null
    }

    var isAbsent: Bool {
        if case .absent = self { true } else { false }
    }

    /// The value as plain text; empty where it is missing.
    var text: String {
        switch self {
        case .null, .absent: ""
        case .text(let text), .word(let text), .excerpt(let text, _): text
        case .integer(let integer), .bytes(let integer): String(integer)
        case .boolean(let boolean): String(boolean)
        case .list(let words): words.joined(separator: ",")
        }
    }

    /// The value as people read it, in a table.
    var words: String {
        if case .bytes(let count) = self { ByteCount.text(count) } else { text }
    }

    var json: String {
        switch self {
        case .null, .absent: "null"
        case .text(let text), .word(let text), .excerpt(let text, _): JSONText.string(text)
        case .integer(let integer), .bytes(let integer): String(integer)
        case .boolean(let boolean): String(boolean)
        case .list(let words): "[" + words.map(JSONText.string).joined(separator: ",") + "]"
        }
    }
}
