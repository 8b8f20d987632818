package import Foundation

/// A page of documentation whose ```` ```console ```` blocks are one transcript.
///
/// A page shows examples where a transcript has wildcards: `2026-11-23T12:00:00Z` is any instant,
/// `2026-11-23` any day, `lms_…` any token, and `K7QX-93MF` any key.
package struct ConsolePage: Sendable {
    private enum Part: Sendable {
        case text(String)
        case console(Transcript)
    }

    private var parts: [Part] = []

    private static let examples = [
        ("2026-11-23T12:00:00Z", "[TIME]"), ("2026-11-23", "[DATE]"), ("lms_…", "[TOKEN]"),
        ("K7QX-93MF", "[KEY]"),
    ]

    package init(contentsOf url: URL) throws {
        try self.init(String(contentsOf: url, encoding: .utf8))
    }

    package init(_ page: String) throws {
        var lines: [String] = []
        var firstLine = 0
        for (index, line) in page.components(separatedBy: "\n").enumerated() {
            if line == "```", firstLine > 0 {
                var transcript = try Transcript(lines.map { $0 + "\n" }.joined())
                for step in transcript.steps.indices {
                    transcript.steps[step].line += firstLine
                    transcript.steps[step].output = transcript.steps[step].output.map {
                        Self.replace(in: $0, Self.examples)
                    }
                }
                parts.append(.console(transcript))
                (lines, firstLine) = ([line], 0)
            } else {
                lines.append(line)
                guard line == "```console" else { continue }
                parts.append(.text(lines.joined(separator: "\n")))
                (lines, firstLine) = ([], index + 1)
            }
        }
        parts.append(.text(lines.joined(separator: "\n")))
    }

    /// All of the blocks, one behind the other.
    package var transcript: Transcript {
        get {
            var whole = Transcript()
            for case .console(let transcript) in parts { whole.steps += transcript.steps }
            return whole
        }
        set {
            var rest = newValue.steps[...]
            for index in parts.indices {
                guard case .console(var transcript) = parts[index] else { continue }
                transcript.steps = Array(rest.prefix(transcript.steps.count))
                rest = rest.dropFirst(transcript.steps.count)
                parts[index] = .console(transcript)
            }
        }
    }

    /// The page as it is written to its file.
    package var text: String {
        parts.map { part in
            switch part {
            case .text(let text): return text
            case .console(var transcript):
                for step in transcript.steps.indices {
                    transcript.steps[step].output = transcript.steps[step].output.map {
                        Self.replace(in: $0, Self.examples.map { ($1, $0) })
                    }
                }
                return String(transcript.text.dropLast())
            }
        }.joined(separator: "\n")
    }

    private static func replace(in line: String, _ pairs: [(String, String)]) -> String {
        pairs.reduce(line) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    }
}
