/// How long something is good for: `30d`, `12h`, `45m`.
package struct Lifetime: Sendable, Hashable {
    package let seconds: Int64

    package init(seconds: Int64) {
        self.seconds = seconds
    }

    package static func days(_ count: Int64) -> Lifetime {
        Lifetime(seconds: count * 86_400)
    }

    /// In milliseconds; at most the time between the first and the last instant that there is.
    var limitedMilliseconds: Int64 {
        let longest = Instant.limits.upperBound - Instant.limits.lowerBound
        return min(max(seconds, -longest), longest) * 1000
    }
}

extension Lifetime: LosslessStringConvertible, Codable {
    package init?(_ description: String) {
        let text = Array(description.utf8)
        guard let unit = text.last, text.count >= 2, text.dropLast().allSatisfy(isASCIIDigit) else {
            return nil
        }
        // What does not fit 64 bits is longer than any that is allowed.
        let count = Int64(digits: text.dropLast()[...]) ?? .max
        let secondsPerUnit: Int64
        switch unit {
        case UInt8(ascii: "d"): secondsPerUnit = 86_400
        case UInt8(ascii: "h"): secondsPerUnit = 3600
        case UInt8(ascii: "m"): secondsPerUnit = 60
        default: return nil
        }
        let (seconds, overflow) = count.multipliedReportingOverflow(by: secondsPerUnit)
        self.init(seconds: overflow ? .max : seconds)
    }

    package var description: String {
        if seconds % 86_400 == 0 { return "\(seconds / 86_400)d" }
        if seconds % 3600 == 0 { return "\(seconds / 3600)h" }
        return "\(seconds / 60)m"
    }

    package init(from decoder: any Decoder) throws {
        self = try decoder.decodeText(as: Lifetime.self)
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(self)
    }
}
