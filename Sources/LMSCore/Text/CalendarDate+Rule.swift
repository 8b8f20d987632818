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
}
