internal import LMSCore
internal import LMSText
internal import Synchronization

/// The value of `Date`, made once a second: `Mon, 23 Nov 2026 12:00:00 GMT`. Source: RFC 9110, section 5.6.7.
final class DateHeader: Sendable {
    private let clock: Clock
    private let made = Mutex<(second: Int64, text: String)>((.min, ""))

    init(clock: @escaping Clock) { self.clock = clock }

    func now() -> String {
        let now = clock()
        return made.withLock { made in
            if made.second != now.seconds { made = (now.seconds, Self.text(now)) }
            return made.text
        }
    }

    static func text(_ instant: Instant) -> String {
        let days = CalendarDate(of: instant).daysSince1970
        // 1 January 1970 was a Thursday.
        let weekday = weekdays[Int(((days + 4) % 7 + 7) % 7)]
        let text = Array(instant.description)
        let month = months[(Int(String(text[5..<7])) ?? 1) - 1]
        return
            "\(weekday), \(String(text[8..<10])) \(month) \(String(text[0..<4])) \(String(text[11..<19])) GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
