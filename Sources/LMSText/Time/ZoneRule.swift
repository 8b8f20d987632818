/// What clocks do in every year: standard time, and perhaps a part of the year with another one. As the environment variable `TZ`
/// and the end of a zone's file have it: `WIB-7`, `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Source: POSIX.1-2024, section 8.3, "TZ", the third form; and RFC 9636, section 3.3.1, after which a time of day is between -167
/// and 167 hours. A part of the year must be told, as a zone's file does: POSIX does not say which is meant without.
struct ZoneRule: Sendable {
    /// In seconds east of UTC.
    private let standard: Int64
    private let summer: Summer?

    private struct Summer {
        let offset: Int64
        let start: YearlyTime
        let end: YearlyTime
    }

    init?(_ text: some Collection<UInt8>) {
        var reader = RuleReader(text)
        guard reader.skipName(), let standard = reader.offset() else { return nil }
        self.standard = standard
        guard !reader.isAtEnd else {
            summer = nil
            return
        }
        guard reader.skipName() else { return nil }
        var offset = standard + 3600
        if reader.next != UInt8(ascii: ",") {
            guard let given = reader.offset() else { return nil }
            offset = given
        }
        guard reader.skip(","), let start = YearlyTime(&reader), reader.skip(","), let end = YearlyTime(&reader), reader.isAtEnd
        else { return nil }
        summer = Summer(offset: offset, start: start, end: end)
    }

    func offset(at second: Int64) -> Int64 {
        guard let summer else { return standard }
        // Where one summer ends as the next one begins, it is always summer.
        let last = turns(summer, around: second).filter { $0.second <= second }
            .max { ($0.second, $0.beginsSummer ? 1 : 0) < ($1.second, $1.beginsSummer ? 1 : 0) }
        return last?.beginsSummer == true ? summer.offset : standard
    }

    /// When clocks change in the years around a second, ascending.
    func changes(around second: Int64) -> [Int64] {
        summer.map { turns($0, around: second).map(\.second).sorted() } ?? []
    }

    private func turns(_ summer: Summer, around second: Int64) -> [(second: Int64, beginsSummer: Bool)] {
        let year = CalendarDate(of: Instant(seconds: second)).year
        // A time of 167 hours, or of a day that is not in each year, can be two years away.
        return (year - 2...year + 1).flatMap { year in
            [
                (summer.start.second(of: year) - standard, true),
                (summer.end.second(of: year) - summer.offset, false),
            ]
        }
    }
}

/// A time that comes once a year, on local clocks.
private struct YearlyTime {
    private let day: Day
    private let time: Int64

    private enum Day {
        /// From 1 to 365; 29 February is not counted.
        case julian(Int64)
        /// From 0 to 365, where all days are counted.
        case ordinal(Int64)
        /// The weekday, from 0 for Sunday, of a week of a month; week 5 is the last that has it.
        case weekday(month: Int64, week: Int64, weekday: Int64)
    }

    init?(_ reader: inout RuleReader) {
        if reader.skip("M") {
            guard let month = reader.number(1...12), reader.skip("."), let week = reader.number(1...5), reader.skip("."),
                let weekday = reader.number(0...6)
            else { return nil }
            day = .weekday(month: month, week: week, weekday: weekday)
        } else if reader.skip("J") {
            guard let number = reader.number(1...365) else { return nil }
            day = .julian(number)
        } else {
            guard let number = reader.number(0...365) else { return nil }
            day = .ordinal(number)
        }
        guard reader.skip("/") else {
            time = 2 * 3600
            return
        }
        guard let time = reader.time(hours: 0...167) else { return nil }
        self.time = time
    }

    /// In seconds behind 1970-01-01 00:00 of the same clocks.
    func second(of year: Int64) -> Int64 {
        let first = CalendarDate(year: year, month: 1, day: 1).daysSince1970
        let date =
            switch day {
            case .ordinal(let number): first + number
            case .julian(let number):
                first + number - 1 + (number >= 60 && CalendarDate(year: year, month: 2, day: 29).month == 2 ? 1 : 0)
            case .weekday(let month, let week, let weekday): Self.day(weekday, of: week, month, year)
            }
        return date * 86_400 + time
    }

    private static func day(_ weekday: Int64, of week: Int64, _ month: Int64, _ year: Int64) -> Int64 {
        let first = CalendarDate(year: year, month: month, day: 1).daysSince1970
        let next = month == 12 ? first + 31 : CalendarDate(year: year, month: month + 1, day: 1).daysSince1970
        // 1970-01-01 was a Thursday.
        let ahead = weekday - (first + 4)
        let day = first + ahead - ahead.dividedRoundingDown(by: 7) * 7 + (week - 1) * 7
        return day < next ? day : day - 7
    }
}

/// Reads the parts of such a text.
private struct RuleReader {
    private var rest: ArraySlice<UInt8>

    init(_ text: some Collection<UInt8>) { rest = Array(text)[...] }

    var isAtEnd: Bool { rest.isEmpty }
    var next: UInt8? { rest.first }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// The name of a time, which nobody is told: three letters or more, or what stands between `<` and `>`.
    mutating func skipName() -> Bool {
        if skip("<") {
            let name = rest.prefix { isASCIILetter($0) || isASCIIDigit($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
            rest = rest.dropFirst(name.count)
            return name.count >= 3 && skip(">")
        }
        let name = rest.prefix(while: isASCIILetter)
        rest = rest.dropFirst(name.count)
        return name.count >= 3
    }

    /// How far clocks are from UTC, in seconds to the east; it is written to the west.
    mutating func offset() -> Int64? { time(hours: 0...24).map { -$0 } }

    /// `[+-]hh[:mm[:ss]]`, in seconds.
    mutating func time(hours: ClosedRange<Int64>) -> Int64? {
        let isNegative = skip("-")
        if !isNegative { _ = skip("+") }
        guard var seconds = number(hours).map({ $0 * 3600 }) else { return nil }
        for unit: Int64 in [60, 1] {
            guard skip(":") else { break }
            guard let number = number(0...59) else { return nil }
            seconds += number * unit
        }
        return isNegative ? -seconds : seconds
    }

    mutating func number(_ range: ClosedRange<Int64>) -> Int64? {
        let digits = rest.prefix(while: isASCIIDigit)
        guard digits.count <= 3, let number = Int64(digits: digits), range.contains(number) else { return nil }
        rest = rest.dropFirst(digits.count)
        return number
    }
}
