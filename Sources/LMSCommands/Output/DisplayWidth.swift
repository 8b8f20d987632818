/// How many columns of a terminal a text takes.
enum DisplayWidth {
    static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    /// A character is as wide as its widest scalar; one that joins several emoji is one emoji.
    private static func of(_ character: Character) -> Int {
        var width = 0
        for scalar in character.unicodeScalars {
            if scalar == "\u{fe0f}" { return 2 }
            width = max(width, of(scalar))
        }
        return width
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if scalar.properties.isEmojiPresentation { return 2 }
        return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    /// The blocks whose characters are wide (W) or full-width (F).
    /// Source: Unicode Standard Annex 11, EastAsianWidth.txt, by block.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff,
        0xa000...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe10...0xfe19,
        0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x16fe0...0x18aff, 0x1b000...0x1b2ff,
        0x1f200...0x1f2ff, 0x20000...0x2fffd, 0x30000...0x3fffd,
    ]

    /// The beginning of a text that takes at most `width` columns, with `…` where it was cut.
    static func cut(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        var result = ""
        var used = 0
        for character in text {
            let next = of(character)
            guard used + next <= width - 1 else { break }
            used += next
            result.append(character)
        }
        return result + "…"
    }

    /// The text with spaces behind it, up to `width` columns.
    static func pad(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - of(text)))
    }

    /// The text in lines of at most `width` columns, broken at spaces where there are any.
    static func wrap(_ text: String, to width: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { wrapLine($0, to: width) }
            .joined(separator: "\n")
    }

    private static func wrapLine(_ line: Substring, to width: Int) -> String {
        guard of(String(line)) > width else { return String(line) }
        var lines: [String] = []
        var current = ""
        for word in line.split(separator: " ", omittingEmptySubsequences: false) {
            let longer =
                lines.isEmpty && current.isEmpty
                ? String(word) : current.isEmpty ? String(word) : "\(current) \(word)"
            if of(longer) <= width || current.isEmpty {
                current = longer
            } else {
                lines.append(current)
                current = String(word)
            }
        }
        return (lines + [current]).joined(separator: "\n")
    }
}
