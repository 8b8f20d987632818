package import LMSDatabase
package import LMSText

/// Until when something is to be done: a day, `2027-02-01`, at its end, or a minute of one, `2027-02-01T23:59`. What that
/// means on the earth's clock, the school's zone says when it is read. It is told, and keeps nobody from anything.
package struct DueDate: Sendable, Hashable, LosslessStringConvertible {
    package let day: CalendarDate
    /// Of the day, from its midnight; `nil`: its end.
    package let minute: Int?

    package init(day: CalendarDate, minute: Int? = nil) {
        self.day = day
        self.minute = minute
    }

    /// Reads `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`; `nil` for another form.
    package init?(_ description: String) {
        let text = description.utf8
        guard let day = CalendarDate(String(Substring(text.prefix(10)))) else { return nil }
        let rest = Array(text.dropFirst(10))
        guard !rest.isEmpty else {
            self.init(day: day)
            return
        }
        guard rest.count == 6, rest[0] == UInt8(ascii: "T"), rest[3] == UInt8(ascii: ":"),
            let hour = Self.number(rest[1...2]), let minute = Self.number(rest[4...5]), hour < 24, minute < 60
        else { return nil }
        self.init(day: day, minute: hour * 60 + minute)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.allSatisfy(isASCIIDigit) ? digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } : nil
    }

    package var description: String { minute == nil ? day.description : "\(day)T\(Self.clock(minute ?? 0))" }

    /// As it is stored: texts in the order of time. The end of a day is hour 24 (ISO 8601-1:2019, 5.3.1.1 as amended in 2022).
    var stored: String { "\(day)T\(Self.clock(minute ?? 24 * 60))" }

    /// When it is over, in a zone: at the minute, or as the next day begins.
    func end(in zone: Zone) -> Instant {
        guard let minute else { return zone.start(of: CalendarDate(daysSince1970: day.daysSince1970 + 1)) }
        return zone.instant(of: LocalTime(day, minute: minute))
    }

    private static func clock(_ minutes: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    /// - Throws: `LMSError` `invalid` where the text is none.
    static func checked(_ text: String) throws -> DueDate {
        guard let due = DueDate(text) else {
            throw LMSError(
                .invalid, "\(quoted(text)) is not a due date",
                hint: "Write a day like 2027-02-01, or a day and a time like 2027-02-01T23:59.")
        }
        return due
    }
}

extension DueDate: ValueConvertible {
    package var databaseValue: Value { .text(stored) }

    package init?(databaseValue: Value) {
        guard case .text(let text) = databaseValue else { return nil }
        let end = "T24:00"
        // A text that somebody planted is a day that does not come, as for `CalendarDate`.
        self =
            DueDate(text.hasSuffix(end) ? String(text.dropLast(end.count)) : text)
            ?? DueDate(day: CalendarDate(of: Instant(seconds: .max)))
    }
}

extension DueDate: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decoder.decodeText(as: DueDate.self)
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(self)
    }
}
