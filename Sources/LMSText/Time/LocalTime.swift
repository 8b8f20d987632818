/// What clocks somewhere show: a day and a time of day, to the second, without a word about where.
///
/// It lies in the years 0001 to 9999, as an `Instant` does, and becomes one with a `Zone` only.
package struct LocalTime: Sendable, Hashable, Comparable {
    /// As many seconds behind 1970-01-01 00:00 of the same clocks, as if none were ever put forward or back.
    let seconds: Int64

    init(seconds: Int64) {
        self.seconds = min(max(seconds, Instant.limits.lowerBound), Instant.limits.upperBound)
    }

    /// The beginning of a day, as the calendar has it.
    package init(midnightOf date: CalendarDate) {
        let (seconds, isTooLarge) = date.daysSince1970.multipliedReportingOverflow(by: 86_400)
        self.init(seconds: isTooLarge ? (date.daysSince1970 < 0 ? .min : .max) : seconds)
    }

    /// A minute of a day, from its midnight, as clocks show it.
    package init(_ date: CalendarDate, minute: Int) {
        self.init(seconds: LocalTime(midnightOf: date).seconds + Int64(minute) * 60)
    }

    package var date: CalendarDate { CalendarDate(of: Instant(seconds: seconds)) }

    package static func < (left: LocalTime, right: LocalTime) -> Bool { left.seconds < right.seconds }
}

/// `2027-01-11 07:00`, as people read it.
extension LocalTime: CustomStringConvertible {
    package var description: String {
        let minute = (seconds - date.daysSince1970 * 86_400) / 60
        return String(unsafeUninitializedCapacity: 16) { text in
            date.write(to: text)
            text[10] = UInt8(ascii: " ")
            text.write(minute / 60, at: 11..<13)
            text[13] = UInt8(ascii: ":")
            text.write(minute % 60, at: 14..<16)
            return 16
        }
    }
}
