/// A day of the Gregorian calendar, `2027-01-11`, in the years 0001 to 9999.
///
/// When it begins, a `Zone` says: the school's, since whether a course is released must not depend on the time zone of a server, of
/// a terminal or of a database. The calendar is computed here and not by Foundation, whose calendars follow the time zone and the
/// language of the machine; the form is exactly one, since `11/01/2027` does not say which is the month.
package struct CalendarDate: Sendable, Hashable, Comparable {
    package let daysSince1970: Int64

    package init(daysSince1970: Int64) {
        self.daysSince1970 = daysSince1970
    }

    /// The day, in UTC, that an instant falls on.
    package init(of instant: Instant) {
        daysSince1970 = instant.seconds.dividedRoundingDown(by: 86_400)
    }

    package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }
}

extension CalendarDate: LosslessStringConvertible, Codable {
    /// Reads `YYYY-MM-DD`; `nil` for another form, or a day that the calendar does not have.
    package init?(_ description: String) {
        var description = description
        guard let date = description.withUTF8(CalendarDate.init) else { return nil }
        self = date
    }

    /// Reads the bytes of a text.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let year = Int64(digits: text[0..<4]), year >= 1,
            let month = Int64(digits: text[5..<7]),
            let day = Int64(digits: text[8..<10])
        else { return nil }
        let date = CalendarDate(year: year, month: month, day: day)
        // 30 February becomes 2 March, which is not what was written.
        guard date.components == (year, month, day) else { return nil }
        self = date
    }

    package var description: String {
        String(unsafeUninitializedCapacity: 10) { text in
            write(to: text)
            return 10
        }
    }

    /// Writes the first ten bytes of a text.
    func write(to text: UnsafeMutableBufferPointer<UInt8>) {
        let (year, month, day) = components
        text.write(year, at: 0..<4)
        text[4] = UInt8(ascii: "-")
        text.write(month, at: 5..<7)
        text[7] = UInt8(ascii: "-")
        text.write(day, at: 8..<10)
    }

    package init(from decoder: any Decoder) throws {
        self = try decoder.decodeText(as: CalendarDate.self)
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(self)
    }
}

// The two conversions below follow days_from_civil and civil_from_days.
// Source: https://howardhinnant.github.io/date_algorithms.html
extension CalendarDate {
    /// A day outside of its month is one of the months beside it.
    init(year: Int64, month: Int64, day: Int64) {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.dividedRoundingDown(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSince1970 = era * 146_097 + dayOfEra - 719_468
    }

    var year: Int64 { components.year }
    var month: Int64 { components.month }

    private var components: (year: Int64, month: Int64, day: Int64) {
        let shifted = daysSince1970 + 719_468
        let era = shifted.dividedRoundingDown(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, day)
    }
}

extension Int64 {
    func dividedRoundingDown(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
