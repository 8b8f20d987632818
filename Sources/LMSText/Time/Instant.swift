/// A point in time, in milliseconds since 1970-01-01 00:00 UTC.
///
/// The database and the outside world see whole seconds. It lies in the years 0001 to 9999, which four digits can say:
/// what is outside, in a row that somebody planted, becomes the first or the last of them.
///
/// It is read and written here, always in UTC and in one form, for the reasons that `CalendarDate` has.
package struct Instant: Sendable, Hashable, Comparable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, Self.earliest * 1000), Self.latest * 1000 + 999)
    }

    package init(seconds: Int64) {
        milliseconds = min(max(seconds, Self.earliest), Self.latest) * 1000
    }

    /// The years 0001 to 9999, in seconds.
    private static let earliest: Int64 = -62_135_596_800
    private static let latest: Int64 = 253_402_300_799
    package static let limits = earliest...latest

    package var seconds: Int64 { milliseconds.dividedRoundingDown(by: 1000) }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    package static func + (instant: Instant, lifetime: Lifetime) -> Instant {
        Instant(milliseconds: instant.milliseconds + lifetime.limitedMilliseconds)
    }

    package static func - (instant: Instant, lifetime: Lifetime) -> Instant {
        Instant(milliseconds: instant.milliseconds - lifetime.limitedMilliseconds)
    }
}

/// `2026-11-23T12:00:00Z`. Source: RFC 3339.
extension Instant: LosslessStringConvertible, Codable {
    package var description: String {
        let day = seconds.dividedRoundingDown(by: 86_400)
        let second = seconds - day * 86_400
        return String(unsafeUninitializedCapacity: 20) { text in
            CalendarDate(daysSince1970: day).write(to: text)
            text[10] = UInt8(ascii: "T")
            text.write(second / 3600, at: 11..<13)
            text[13] = UInt8(ascii: ":")
            text.write(second / 60 % 60, at: 14..<16)
            text[16] = UInt8(ascii: ":")
            text.write(second % 60, at: 17..<19)
            text[19] = UInt8(ascii: "Z")
            return 20
        }
    }

    package init?(_ description: String) {
        var description = description
        guard let instant = description.withUTF8(Instant.init) else { return nil }
        self = instant
    }

    private init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 20, text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"),
            text[16] == UInt8(ascii: ":"), text[19] == UInt8(ascii: "Z"),
            let date = CalendarDate(text.extracting(0..<10)),
            let hour = Int64(digits: text[11..<13]), hour < 24,
            let minute = Int64(digits: text[14..<16]), minute < 60,
            let second = Int64(digits: text[17..<19]), second < 60
        else { return nil }
        self.init(seconds: date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second)
    }

    package init(from decoder: any Decoder) throws {
        self = try decoder.decodeText(as: Instant.self)
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(self)
    }
}

/// Where the current time comes from. The core never asks the system itself.
package typealias Clock = @Sendable () -> Instant
