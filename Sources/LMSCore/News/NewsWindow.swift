internal import LMSDatabase
internal import LMSText

/// Where a line stands among all news, newest first. It is made of what the line is about, not of how many stand before it: lines
/// that come while somebody turns pages move no other one.
struct NewsKey: Hashable, Comparable {
    /// Where lines come from, in the order in which they stand within a second.
    enum Source: Int, CaseIterable {
        /// By the material's id.
        case change, material
        /// By the id of the entry of the log.
        case act
        /// By the course's id.
        case approval, teacher
    }

    let at: Instant
    let source: Source
    /// Unique within the source; the later goes first.
    let id: Int64

    static func < (left: NewsKey, right: NewsKey) -> Bool {
        if left.at != right.at { return left.at > right.at }
        if left.source != right.source { return left.source.rawValue < right.source.rawValue }
        return left.id > right.id
    }
}

extension NewsKey: CustomStringConvertible {
    /// As a cursor has it: `2027-01-11T08:00:00Z.1.7`.
    var description: String { "\(at).\(source.rawValue + 1).\(id)" }
}

extension Cursor {
    /// - Throws: `LMSError` `malformed` where it is not one of ours.
    func newsKey() throws -> NewsKey {
        guard let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")), let at = Instant(String(text[..<dot])),
            let place = try? Cursor(text[dot...].dropFirst()).rankedID(ranks: NewsKey.Source.allCases.count),
            let source = NewsKey.Source(rawValue: place.rank)
        else { throw strange }
        return NewsKey(at: at, source: source, id: place.id)
    }
}

/// Which news are wanted: those of some time, and of a list whose beginning was read what stands behind.
struct NewsWindow {
    /// Both in whole seconds, as rows have instants, and both within.
    let since: Instant
    let until: Instant
    let behind: NewsKey?

    private static let usual = Lifetime.days(7)

    /// - Parameter calendar: Is asked where a date is given.
    /// - Throws: `LMSError` `invalid` for a `since` that is no time.
    init(since: String?, until now: Instant, on calendar: () throws -> SchoolCalendar, behind: NewsKey?) throws {
        self.since = Instant(seconds: try Self.beginning(since, at: now, on: calendar).seconds)
        until = Instant(seconds: now.seconds)
        self.behind = behind
    }

    private static func beginning(
        _ text: String?, at now: Instant, on calendar: () throws -> SchoolCalendar
    ) throws -> Instant {
        guard let text else { return now - usual }
        if let lifetime = Lifetime(text) { return now - lifetime }
        if let date = CalendarDate(text) { return try calendar().start(of: date) }
        guard let instant = Instant(text) else {
            throw LMSError(
                .invalid, "\(quoted(text)) is no time from which something can be new",
                hint: "Write 7d, 12h, a date like 2027-01-11, or an instant like 2027-01-11T08:00:00Z.")
        }
        return instant
    }

    /// Before this date, all began before the window, whatever the zone, which is less than two days from UTC.
    var firstDate: CalendarDate { CalendarDate(daysSince1970: CalendarDate(of: since).daysSince1970 - 2) }

    func includes(_ key: NewsKey) -> Bool {
        since <= key.at && key.at <= until && behind.map { $0 < key } ?? true
    }

    /// The same of the rows of a source, as a condition.
    ///
    /// - Parameters:
    ///   - at: The column with the instant.
    ///   - id: The column with the id.
    func condition(_ source: NewsKey.Source, at: SQL, id: SQL) -> SQL {
        let range: SQL = "\(at) >= \(since) AND \(at) <= \(min(until, behind?.at ?? until))"
        guard let behind else { return range }
        if source == behind.source { return "\(range) AND (\(at) < \(behind.at) OR \(id) < \(behind.id))" }
        return source.rawValue > behind.source.rawValue ? range : "\(range) AND \(at) < \(behind.at)"
    }
}
