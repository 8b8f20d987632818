import Foundation
import LMSText
import Testing

/// Instants, dates and lifetimes.
@Suite struct TimeTests {
    @Test func `a date is the same day as Foundation's, from the year 1 to 9999`() throws {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        // Foundation's calendar is Gregorian throughout only after 1582.
        for day in stride(from: Int64(-141_000), through: 2_932_896, by: 331) {
            let date = CalendarDate(daysSince1970: day)
            let parts = calendar.dateComponents(
                [.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86_400))
            let text = String(
                format: "%04d-%02d-%02d", try #require(parts.year), try #require(parts.month),
                try #require(parts.day))
            #expect(date.description == text)
            #expect(CalendarDate(text) == date)
        }
    }

    @Test func `every day of four centuries follows the day before`() throws {
        let first = try #require(CalendarDate("1999-12-31")).daysSince1970
        var previous = ""
        var wrong: [String] = []
        for day in first...(first + 146_097) {
            let text = CalendarDate(daysSince1970: day).description
            if text <= previous || CalendarDate(text)?.daysSince1970 != day { wrong.append(text) }
            previous = text
        }
        #expect(wrong == [])
        #expect(previous == "2399-12-31")
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_795_435_200_999, "2026-11-23T12:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (253_402_300_799_000, "9999-12-31T23:59:59Z"), (-62_135_596_800_000, "0001-01-01T00:00:00Z"),
        ] as [(Int64, String)])
    func `an instant is written in whole seconds, UTC`(milliseconds: Int64, text: String) throws {
        #expect(Instant(milliseconds: milliseconds).description == text)
        #expect(try #require(Instant(text)).description == text)
    }

    @Test(
        arguments: [
            "", "2026-11-23", "2026-11-23T12:00:00", "2026-11-23 12:00:00Z", "2026-11-23T24:00:00Z",
            "2026-11-23T12:60:00Z",
            "2026-11-23T12:00:60Z", "2027-02-29T00:00:00Z", "2026-11-23T12:00:00+00:00",
            "2026-11-23T12:00:00.0Z",
            "2026-11-23T-1:00:00Z", "2026-11-23T+1:00:00Z",
        ])
    func `what is no instant is none`(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `a day of UTC begins at midnight`() throws {
        let instant = try #require(Instant("2027-01-11T00:00:00Z"))
        #expect(CalendarDate(of: instant).description == "2027-01-11")
        #expect(CalendarDate("2027-01-11").map(Zone.utc.start) == instant)
        #expect(CalendarDate(of: Instant(milliseconds: instant.milliseconds - 1)).description == "2027-01-10")
    }

    @Test(
        arguments: [
            ("30d", 2_592_000), ("12h", 43_200), ("45m", 2_700), ("365d", 31_536_000), ("1m", 60),
        ] as [(String, Int64)])
    func `a lifetime is digits and a unit`(text: String, seconds: Int64) throws {
        let lifetime = try #require(Lifetime(text))
        #expect(lifetime.seconds == seconds)
        #expect(Lifetime(lifetime.description) == lifetime)
    }

    @Test(
        arguments: [
            "", "d", "30", "30s", "30D", "-1d", "+1d", "1.5d", " 30d", "30d ", "30dd", "1d1h",
            "\u{661}d",
        ])
    func `what is no lifetime is none`(text: String) {
        #expect(Lifetime(text) == nil)
    }

    @Test func `a number that is too large never traps, and stays too large`() throws {
        let lifetime = try #require(Lifetime("9223372036854775807d"))
        #expect(lifetime.seconds > Lifetime.days(365).seconds)
        #expect(try #require(Lifetime(lifetime.description)).seconds > Lifetime.days(365).seconds)
    }
}
