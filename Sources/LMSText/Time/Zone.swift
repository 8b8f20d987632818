/// A time zone: what clocks show somewhere at any instant, and when a day begins there.
///
/// Zones are read here and not by Foundation, as calendars are.
package struct Zone: Sendable {
    /// As the IANA has it, or an offset: `Asia/Jakarta`, `+07:00`, `UTC`.
    package let name: String
    /// The instants at which clocks change, in seconds, ascending; and the offsets that hold from each of them on.
    private let changes: [Int64]
    private let offsets: [Int64]
    /// In seconds east of UTC, before the first change.
    private let firstOffset: Int64
    /// What holds from the last change on; `nil`: the last offset.
    private let rule: ZoneRule?

    package static let utc = Zone("UTC", offset: 0)

    /// The largest file that is read, in bytes. Those of the zone database have less than 4 KiB.
    package static let fileLimit = 64 << 10

    private init(_ name: String, offset: Int64) {
        self.name = name
        (changes, offsets, firstOffset, rule) = ([], [], offset, nil)
    }

    /// Reads an offset from UTC, `+07:00`, of at most 14 hours: there are no larger ones.
    package init?(offset text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"), bytes[3] == UInt8(ascii: ":"),
            let hours = Int64(digits: bytes[1..<3]), let minutes = Int64(digits: bytes[4..<6]), minutes < 60,
            hours * 60 + minutes <= 14 * 60
        else { return nil }
        let offset = (hours * 60 + minutes) * 60
        self.init(text, offset: bytes[0] == UInt8(ascii: "-") ? -offset : offset)
    }

    /// - Parameter file: What a file of the zone database holds (TZif). `nil` is answered where it is none, or one that counts leap
    ///   seconds, which no `Instant` does.
    package init?(_ name: String, file: [UInt8]) {
        guard let file = ZoneFile(file) else { return nil }
        self.name = name
        (changes, offsets, firstOffset, rule) = (file.changes, file.offsets, file.firstOffset, file.rule)
    }

    /// - Parameter rule: As POSIX has it in `TZ`: `WIB-7`.
    package init?(_ name: String, rule: String) {
        guard let rule = ZoneRule(Array(rule.utf8)) else { return nil }
        self.name = name
        (changes, offsets, firstOffset, self.rule) = ([], [], 0, rule)
    }

    /// Whether a text can be a zone's name: a path of plain words that leads out of no folder, and begins with a capital letter, as
    /// all names do. Source: the IANA's `theory.html`, "Timezone identifiers".
    package static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count <= 64, let first = bytes.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else {
            return false
        }
        return bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { word in
            !word.isEmpty && word.allSatisfy { isASCIILetter($0) || isASCIIDigit($0) || "_+-".utf8.contains($0) }
        }
    }

    /// What clocks show at an instant.
    package func local(_ instant: Instant) -> LocalTime {
        LocalTime(seconds: instant.seconds + offset(at: instant.seconds))
    }

    /// The first instant at which clocks show a time, or a later one.
    ///
    /// So a time that clocks show twice means the first time, and one that they pass over means when they pass over it.
    package func instant(of local: LocalTime) -> Instant {
        let (earliest, latest) = (local.seconds - Self.farthest, local.seconds + Self.farthest)
        let starts = [earliest] + changes(after: earliest, through: latest)
        for (index, start) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1] : Int64.max
            let second = max(start, local.seconds - offset(at: start))
            if second < end { return Instant(seconds: second) }
        }
        return Instant(seconds: latest)
    }

    /// When a day begins: midnight; where clocks pass over it, or over the whole day, when they do.
    package func start(of date: CalendarDate) -> Instant { instant(of: LocalTime(midnightOf: date)) }

    /// The latest time that clocks have shown up to an instant: `instant(of:)` of this time and of all earlier ones is not behind
    /// the instant, and of all later ones it is. So what has come is found by comparing local times, in SQL as texts.
    ///
    /// It is what clocks show, but for the hour that they show twice.
    package func latest(upTo instant: Instant) -> LocalTime {
        let now = instant.seconds
        return changes(after: now - 2 * Self.farthest, through: now)
            .map { LocalTime(seconds: $0 - 1 + offset(at: $0 - 1)) }
            .reduce(local(instant)) { max($0, $1) }
    }

    /// The last day that has begun.
    package func today(at instant: Instant) -> CalendarDate { latest(upTo: instant).date }

    /// No clocks are further from UTC, in seconds. Source: RFC 9636, section 3.2, where it is a recommendation.
    static let farthest: Int64 = 26 * 3600

    /// In seconds east of UTC.
    func offset(at second: Int64) -> Int64 {
        let next = firstChange(after: second)
        if next == changes.count, let rule { return rule.offset(at: second) }
        return next == 0 ? firstOffset : offsets[next - 1]
    }

    /// The instants in a short time at which the offset may become another one, ascending.
    func changes(after first: Int64, through last: Int64) -> [Int64] {
        let (from, to) = (firstChange(after: first), firstChange(after: last))
        let known = Array(changes[from..<to])
        guard to == changes.count, let rule else { return known }
        let begin = max(first, changes.last ?? first)
        return known + rule.changes(around: last).filter { $0 > begin && $0 <= last }
    }

    /// The index of the first known change behind a second.
    private func firstChange(after second: Int64) -> Int {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= second { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
