/// A file of the zone database, of any version from 1 to 4. Source: RFC 9636 (TZif).
///
/// What it says of itself is not believed: each count is checked against the bytes that are there.
struct ZoneFile {
    private(set) var changes: [Int64] = []
    private(set) var offsets: [Int64] = []
    private(set) var firstOffset: Int64 = 0
    private(set) var rule: ZoneRule?

    /// - Returns: `nil` where it is none.
    init?(_ bytes: [UInt8]) {
        guard bytes.count <= Zone.fileLimit else { return nil }
        var reader = Reader(bytes[...])
        guard let first = Header(&reader) else { return nil }
        guard first.version >= 2 else {
            guard read(first, timeSize: 4, &reader) else { return nil }
            return
        }
        // Behind the data for readers of version 1 comes all once more, with 64 bits for an instant.
        guard reader.take(first.size(timeSize: 4)) != nil, let second = Header(&reader), read(second, timeSize: 8, &reader),
            let footer = reader.footer()
        else { return nil }
        guard !footer.isEmpty else { return }
        guard let rule = ZoneRule(footer) else { return nil }
        self.rule = rule
    }

    private mutating func read(_ header: Header, timeSize: Int, _ reader: inout Reader) -> Bool {
        guard header.leapSeconds == 0, header.types > 0, let times = reader.take(header.times * timeSize),
            let indices = reader.take(header.times), let types = reader.take(header.types * 6),
            reader.take(header.size(timeSize: timeSize) - header.times * (timeSize + 1) - header.types * 6) != nil
        else { return false }
        let known = (0..<header.types).map { Reader.integer(types.dropFirst($0 * 6).prefix(4)) }
        guard known.allSatisfy({ abs($0) < Zone.farthest }) else { return false }
        firstOffset = known[0]
        for (number, index) in indices.enumerated() {
            let time = Reader.integer(times.dropFirst(number * timeSize).prefix(timeSize))
            guard index < known.count, changes.last.map({ $0 < time }) ?? true else { return false }
            changes.append(time)
            offsets.append(known[Int(index)])
        }
        return true
    }

    /// The 44 bytes before a block of data: how many there are of each thing.
    private struct Header {
        let version: Int
        let times: Int
        let types: Int
        let leapSeconds: Int
        private let characters: Int
        /// Of standard time and of UTC, which say nothing of offsets.
        private let indicators: Int

        init?(_ reader: inout Reader) {
            guard let bytes = reader.take(44), bytes.prefix(4).elementsEqual("TZif".utf8) else { return nil }
            switch bytes[bytes.startIndex + 4] {
            case 0: version = 1
            case UInt8(ascii: "2")...: version = Int(bytes[bytes.startIndex + 4] - UInt8(ascii: "0"))
            default: return nil
            }
            let counts = (0..<6).map { Int(Reader.integer(bytes.dropFirst(20 + $0 * 4).prefix(4))) }
            guard counts.allSatisfy({ (0...Zone.fileLimit).contains($0) }) else { return nil }
            (leapSeconds, times, types, characters) = (counts[2], counts[3], counts[4], counts[5])
            indicators = counts[0] + counts[1]
        }

        /// How many bytes the data behind the header have.
        func size(timeSize: Int) -> Int {
            times * (timeSize + 1) + types * 6 + characters + leapSeconds * (timeSize + 4) + indicators
        }
    }

    private struct Reader {
        private var rest: ArraySlice<UInt8>

        init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

        mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard count <= rest.count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }

        /// What stands between the two newlines at the end.
        mutating func footer() -> ArraySlice<UInt8>? {
            let newline = UInt8(ascii: "\n")
            guard rest.first == newline, let end = rest.dropFirst().firstIndex(of: newline) else { return nil }
            return rest[rest.startIndex + 1..<end]
        }

        /// A number of four or eight bytes, with its sign, the largest byte first.
        static func integer(_ bytes: ArraySlice<UInt8>) -> Int64 {
            let bits = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return bytes.count == 4 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
        }
    }
}
