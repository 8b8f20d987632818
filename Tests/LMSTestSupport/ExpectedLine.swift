internal import Foundation

/// A line of output as a transcript expects it.
///
/// `[..]` stands for anything within the line, `[TIME]` for an instant, `[DATE]` for a day, `[TOKEN]` for a
/// token, `[KEY]` for the key of a course, `[HOME]` for the session's folder.
struct ExpectedLine {
    private let expression: NSRegularExpression?
    private let text: String

    private static let wildcards = [
        "[..]": ".*",
        "[TIME]": #"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z"#,
        "[DATE]": #"\d{4}-\d{2}-\d{2}"#,
        "[TOKEN]": "lms_[A-Za-z0-9_-]{43}",
        "[KEY]": #"\b[34679ACDEFGHJKMNPQRTWXY]{4}-[34679ACDEFGHJKMNPQRTWXY]{4}\b"#,
    ]

    init(_ text: String, home: String) {
        self.text = text
        guard text.contains("[") else {
            expression = nil
            return
        }
        var pattern = NSRegularExpression.escapedPattern(for: text)
        let meanings = Self.wildcards.merging(["[HOME]": NSRegularExpression.escapedPattern(for: home)]) {
            first, _ in first
        }
        for (wildcard, meaning) in meanings {
            pattern = pattern.replacingOccurrences(
                of: NSRegularExpression.escapedPattern(for: wildcard), with: meaning)
        }
        expression = try? NSRegularExpression(pattern: "\\A\(pattern)\\z")
    }

    func matches(_ line: String) -> Bool {
        // Two spellings of a letter are different output.
        if line.utf8.elementsEqual(text.utf8) { return true }
        guard let expression else { return false }
        let whole = NSRange(location: 0, length: line.utf16.count)
        return expression.firstMatch(in: line, range: whole) != nil
    }

    /// A line of output with wildcards for what differs from run to run.
    static func generalized(_ line: String, home: String, today: String) -> String {
        var line = line.replacingOccurrences(of: home, with: "[HOME]")
        for wildcard in ["[TIME]", "[TOKEN]", "[KEY]"] {
            guard let pattern = wildcards[wildcard] else { continue }
            line = line.replacingOccurrences(of: pattern, with: wildcard, options: .regularExpression)
        }
        return line.replacingOccurrences(of: today, with: "[DATE]")
    }
}
