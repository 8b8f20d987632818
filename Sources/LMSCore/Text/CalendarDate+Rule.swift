internal import LMSText

extension CalendarDate {
    /// - Throws: `LMSError` `invalid` for what is no day of the calendar.
    static func checked(_ text: String) throws -> CalendarDate {
        guard let date = CalendarDate(text) else {
            throw LMSError(
                .invalid, "\(quoted(text)) is not a date", hint: "Write a date as 2027-01-11.")
        }
        return date
    }

    /// The years that are written, 0001 to 9999, in days.
    private static let written: ClosedRange<Int64> = -719_162...2_932_896

    /// The day so many days later, or before where they are negative.
    ///
    /// - Parameter field: What it is the date of, as a message names it.
    /// - Throws: `LMSError` `invalid` where that is beyond the years that are written.
    func moved(by days: Int64, of field: String) throws -> CalendarDate {
        if days == 0 { return self }
        let (sum, isOverflow) = daysSince1970.addingReportingOverflow(days)
        guard !isOverflow, Self.written.contains(sum) else {
            let count = days.magnitude == 1 ? "\(days) day" : "\(days) days"
            throw LMSError(.invalid, "the \(field) moved by \(count) would leave the years 0001 to 9999")
        }
        return CalendarDate(daysSince1970: sum)
    }
}
