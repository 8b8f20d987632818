internal import LMSCore
internal import LMSText

/// One value as it is printed.
enum Cell: Sendable {
    case null
    /// Not there at all: JSON leaves the key out.
    case absent
    case text(String)
    /// A word of lms's own, which cannot be a formula in a spreadsheet.
    case word(String)
    /// A text of which the part around an offset is to be seen, in Unicode scalars from its beginning.
    case excerpt(String, around: Int)
    case integer(Int64)
    /// A size, which people read in larger units.
    case bytes(Int64)
    case boolean(Bool)
    /// One that tables say only where it holds.
    case mark(Bool)
    /// People read it on the clocks where they are.
    case instant(Instant)
    /// Words without commas.
    case list([String])

    init(_ value: (some CustomStringConvertible)?) {
        self = value.map { .text($0.description) } ?? .null
    }

    init(_ value: Instant?) {
        self = value.map { .instant($0) } ?? .null
    }

    init(_ value: Int) {
        self = .integer(Int64(value))
    }

    init(count: Int?) {
        self = count.map { .integer(Int64($0)) } ?? .null
    }

    init(orNull id: (some RecordID)?) {
        self = id?.number.map { .integer($0) } ?? .null
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
        case .boolean(let boolean), .mark(let boolean): String(boolean)
        case .instant(let instant): instant.description
        case .list(let words): words.joined(separator: ",")
        }
    }

    /// The value as people read it, in a table.
    ///
    /// - Parameter zone: The reader's, which is asked for where there is an instant; `nil` where nobody knows it.
    func words(in zone: () -> Zone?) -> String {
        switch self {
        case .bytes(let count): ByteCount.text(count)
        case .mark(let holds): holds ? "yes" : ""
        case .instant(let instant): zone()?.local(instant).description ?? text
        case .null, .absent, .text, .word, .excerpt, .integer, .boolean, .list: text
        }
    }

    func write(to json: inout JSONWriter) {
        switch self {
        case .null, .absent: json.writeNull()
        case .text(let text), .word(let text), .excerpt(let text, _): json.write(text)
        case .integer(let integer), .bytes(let integer): json.write(integer)
        case .boolean(let boolean), .mark(let boolean): json.write(boolean)
        case .instant(let instant): json.write(instant.description)
        case .list(let words):
            json.array { json in
                for word in words { json.write(word) }
            }
        }
    }
}
