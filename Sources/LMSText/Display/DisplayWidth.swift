/// How many columns of a terminal a text takes.
package enum DisplayWidth {
    package static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        var counter = TextWidth()
        for scalar in text.unicodeScalars { counter.add(scalar) }
        return counter.total
    }

    /// The beginning of a text that takes at most `width` columns, with `…` where it was cut.
    package static func cut(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        return beginning(of: text, within: width - 1) + "…"
    }

    /// The part of a text around an offset that takes at most `width` columns, with `…` where it was cut.
    ///
    /// - Parameter offset: What must be seen, in Unicode scalars from the beginning.
    package static func cut(_ text: String, to width: Int, around offset: Int) -> String {
        guard of(text) > width else { return text }
        let scalars = text.unicodeScalars
        guard let focus = scalars.index(scalars.startIndex, offsetBy: offset, limitedBy: scalars.endIndex),
            of(String(text[..<focus])) > width / 2
        else { return cut(text, to: width) }
        // Some words before the offset are kept, whole ones where there is a space.
        let before = end(of: String(text[..<focus]), within: width / 3)
        let space = before.firstIndex(of: " ").map { before[before.index(after: $0)...] }
        return "…" + cut((space ?? before) + text[focus...], to: width - 1)
    }

    private static func cut(_ text: Substring, to width: Int) -> String { cut(String(text), to: width) }

    private static func beginning(of text: String, within width: Int) -> Substring {
        var counter = TextWidth()
        var end = text.startIndex
        for index in text.indices {
            for scalar in text[index].unicodeScalars { counter.add(scalar) }
            guard counter.total <= width else { break }
            end = text.index(after: index)
        }
        return text[..<end]
    }

    private static func end(of text: String, within width: Int) -> Substring {
        var start = text.endIndex
        while start > text.startIndex {
            let next = text.index(before: start)
            guard of(String(text[next...])) <= width else { break }
            start = next
        }
        return text[start...]
    }

    /// The text with spaces behind it, up to `width` columns.
    package static func pad(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - of(text)))
    }

    /// The text in lines of at most `width` columns, broken at spaces where there are any.
    package static func wrap(_ text: String, to width: Int) -> String {
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
