package import LMSDatabase
package import LMSText

extension CalendarDate: ValueConvertible {
    package var databaseValue: Value { .text(description) }

    package init?(databaseValue: Value) {
        guard case .text(let text) = databaseValue else { return nil }
        // A date that somebody planted is one that does not come: it keeps nobody from the rest of a list.
        self = CalendarDate(text) ?? CalendarDate(of: Instant(seconds: .max))
    }
}
