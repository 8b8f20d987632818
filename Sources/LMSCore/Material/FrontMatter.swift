/// The lines between `---` and `---` (or `+++` and `+++`) at the top of a Markdown file, which site generators read.
///
/// Only the title is looked for, and in the way that people write it: a title that is not quite YAML is one all the same.
struct FrontMatter {
    private let lines: [Substring.UTF8View]
    /// The text behind it.
    let body: Substring

    /// - Parameter text: Nothing is there where its first line is another one, or no line ends it.
    init?(of text: Substring) {
        var rest = text.utf8
        guard let fence = Self.nextLine(&rest).map(Self.trimmed),
            fence.elementsEqual("---".utf8) || fence.elementsEqual("+++".utf8)
        else { return nil }
        var lines: [Substring.UTF8View] = []
        // More lines are no front matter.
        while lines.count <= Self.limit, let line = Self.nextLine(&rest) {
            let plain = Self.trimmed(line)
            if plain.elementsEqual(fence)
                || (plain.elementsEqual("...".utf8) && fence.first == UInt8(ascii: "-"))
            {
                self.lines = lines
                body = Substring(rest)
                return
            }
            lines.append(line)
        }
        return nil
    }

    /// In lines.
    private static let limit = 1_000

    /// What stands behind `title:` or `title =`, without its quotes; `nil` where nothing does.
    var title: String? {
        for (index, line) in lines.enumerated() {
            guard let value = Self.value(of: line) else { continue }
            if let block = value.first, block == UInt8(ascii: ">") || block == UInt8(ascii: "|") {
                return textBelow(index)
            }
            return value.isEmpty ? nil : String(Substring(value))
        }
        return nil
    }

    /// The lines below that stand further in, as one.
    private func textBelow(_ index: Int) -> String? {
        let below = lines.dropFirst(index + 1).prefix { line in
            guard let first = line.first else { return true }
            return first == UInt8(ascii: " ") || first == UInt8(ascii: "\t")
        }
        let words = below.map { Substring(Self.trimmed($0)) }.filter { !$0.isEmpty }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    private static func value(of line: Substring.UTF8View) -> Substring.UTF8View? {
        let key = line.prefix(5)
        guard String(Substring(key)).lowercased() == "title" else { return nil }
        let rest = trimmed(line.dropFirst(5))
        guard let sign = rest.first, sign == UInt8(ascii: ":") || sign == UInt8(ascii: "=") else {
            return nil
        }
        let value = trimmed(rest.dropFirst())
        guard let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return withoutComment(value)
        }
        let inner = value.dropFirst()
        // The last one: an apostrophe in the title is not its end.
        guard let end = inner.lastIndex(of: quote) else { return value }
        return inner[..<end]
    }

    /// Up to a `#` between blanks: one with no blank behind it belongs to the title.
    private static func withoutComment(_ value: Substring.UTF8View) -> Substring.UTF8View {
        var isBehindBlank = false
        for index in value.indices {
            let next = value.index(after: index)
            if isBehindBlank, value[index] == UInt8(ascii: "#"), next < value.endIndex,
                value[next] == UInt8(ascii: " ")
            {
                return trimmed(value[..<index])
            }
            isBehindBlank = value[index] == UInt8(ascii: " ")
        }
        return value
    }

    /// Takes a line and its end, LF, CR LF or CR, off the front.
    static func nextLine(_ rest: inout Substring.UTF8View) -> Substring.UTF8View? {
        guard !rest.isEmpty else { return nil }
        guard let end = rest.firstIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
        else {
            defer { rest = rest[rest.endIndex...] }
            return rest
        }
        let line = rest[..<end]
        var next = rest.index(after: end)
        if rest[end] == UInt8(ascii: "\r"), next < rest.endIndex, rest[next] == UInt8(ascii: "\n") {
            next = rest.index(after: next)
        }
        rest = rest[next...]
        return line
    }

    /// Without spaces and tabs at its ends.
    private static func trimmed(_ line: Substring.UTF8View) -> Substring.UTF8View {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var line = line.drop(while: isBlank)
        while let last = line.last, isBlank(last) { line = line.dropLast() }
        return line
    }
}
