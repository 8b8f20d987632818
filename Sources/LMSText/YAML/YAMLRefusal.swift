/// Says in the words of whoever wrote a text why YAML takes it no further.
///
/// What libyaml says of it names the parts of its grammar. Whoever wrote a title wants to hear that it needs quotes.
package struct YAMLRefusal {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// libyaml's own words: what is wrong, and what it was reading then.
    private let problem: String
    private let context: String
    /// In bytes from the text's beginning.
    private let offset: Int
    private let contextOffset: Int

    /// - Parameters:
    ///   - mark: Where it was found, in Unicode scalars from the text's beginning.
    ///   - contextMark: Where what was being read begins.
    init(
        of bytes: UnsafeBufferPointer<UInt8>, _ problem: String, at mark: Int, _ context: String,
        from contextMark: Int
    ) {
        self.bytes = bytes
        self.problem = problem
        self.context = context
        offset = Self.offset(of: mark, in: bytes)
        contextOffset = Self.offset(of: contextMark, in: bytes)
    }

    /// For a character that YAML does not have.
    static func character(
        at offset: Int, of bytes: UnsafeBufferPointer<UInt8>, in kind: String
    ) -> YAMLError {
        let rest = bytes[min(offset, bytes.count)..<min(offset + 4, bytes.count)]
        let scalar = String(decoding: rest, as: UTF8.self).unicodeScalars.first
        return YAMLError(
            mark: mark(of: offset, in: bytes),
            message: scalar == "\u{feff}"
                ? joinedFiles
                : "\(kind) may not have this character (U+\(scalar?.codePoint ?? "FFFD")): take it out")
    }

    private static let joinedFiles =
        "a byte order mark (U+FEFF) stands here, as joining files leaves it: take it out"

    var error: YAMLError {
        for rule in [ofTabs, ofQuotes, ofIndicators, ofSigns, ofColons, ofKeys, ofIndentation] {
            if let error = rule() { return error }
        }
        return error(
            offset,
            "this cannot be read as YAML: look for a quote or a bracket that is not closed, or an indent")
    }

    // MARK: - What people do

    private func ofTabs() -> YAMLError? {
        guard
            problem.contains("tab character") || (offset < bytes.count && bytes[offset] == UInt8(ascii: "\t"))
        else { return nil }
        return error(offset, "a tab indents this line, and YAML wants blanks: use the space bar")
    }

    private func ofQuotes() -> YAMLError? {
        guard context.contains("quoted scalar") else { return nil }
        if problem.contains("escape") || problem.contains("hexdecimal") || problem.contains("whitespace") {
            return error(
                offset, "between double quotes \\ begins an escape: write \\\\ for it, or use single quotes")
        }
        let isSingle = contextOffset < bytes.count && bytes[contextOffset] == UInt8(ascii: "'")
        return error(
            contextOffset,
            isSingle
                ? "this ' is never closed: put double quotes around a text with an apostrophe"
                : "this \" is never closed: put one behind the text")
    }

    /// A text that begins with an indicator, which means something to YAML.
    private func ofIndicators() -> YAMLError? {
        let isOfContext = context.contains("block scalar") || problem.contains("','")
        let line = YAMLLine(around: isOfContext ? contextOffset : offset, of: bytes)
        guard let indicator = line.indicator else { return nil }
        let sign = Character(Unicode.Scalar(indicator))
        switch sign {
        case "@", "`", "%", "*", "&", "!", "]", "}", ",": return mustBeQuoted(line, "begins with \(sign)")
        case "|", ">":
            return context.contains("block scalar") ? mustBeQuoted(line, "begins with \(sign)") : nil
        case "-", "?":
            return line.valueBegins(with: indicator) && line.colon != nil
                ? mustBeQuoted(line, "begins with '\(sign) '") : nil
        case "[", "{":
            guard let tail = line.tail else {
                return problem.contains("','")
                    ? error(
                        line.value.lowerBound, "this \(sign) is never closed, or a comma is missing in it")
                    : nil
            }
            return tail.isEmpty ? nil : mustBeQuoted(line, "begins with \(sign)")
        case "'", "\"":
            guard let tail = line.tail, !tail.isEmpty else { return nil }
            let rest = String(decoding: bytes[tail], as: UTF8.self)
            return error(
                tail.lowerBound,
                "the quotes end before \(quoted(rest)): put quotes around the whole text\(Self.written(line))"
            )
        default: return nil
        }
    }

    /// A sign within a list that no text may begin with.
    private func ofSigns() -> YAMLError? {
        guard problem.contains("cannot start any token"), offset < bytes.count, bytes[offset] < 0x80 else {
            return nil
        }
        let sign = Character(Unicode.Scalar(bytes[offset]))
        return error(offset, "a text that begins with \(sign) must stand in quotes: put quotes around it")
    }

    /// A second `: ` in a line.
    private func ofColons() -> YAMLError? {
        guard problem.contains("mapping values") else { return nil }
        let line = YAMLLine(around: offset, of: bytes)
        guard let colon = line.colon, colon < offset else {
            return error(
                line.content,
                "this key stands further in than the one above it: begin both in the same column, or write a text of several lines behind '|'"
            )
        }
        return error(
            offset, "a text with ': ' in it must stand in quotes: put quotes around it\(Self.written(line))")
    }

    /// A line that should have a key.
    private func ofKeys() -> YAMLError? {
        guard problem.contains("':'") else { return nil }
        let line = YAMLLine(around: contextOffset, of: bytes)
        return error(
            line.content,
            Self.blankSlip(in: line.text) ?? Self.colonSlip(in: line.text)
                ?? "this line is neither 'key: value' nor more of a text: indent a text further than its key")
    }

    private func ofIndentation() -> YAMLError? {
        guard problem.hasPrefix("did not find expected key") || problem.contains("'-'") else { return nil }
        let line = YAMLLine(around: offset, of: bytes)
        return error(
            line.start,
            Self.blankSlip(in: line.text)
                ?? "this line begins in another column than those that it belongs to: indent them alike")
    }

    // MARK: - Characters that look like others

    /// What is to be said of a line or key that begins with a blank or dash that YAML takes for a letter.
    static func blankSlip(in text: String) -> String? {
        // Behind a dash, too.
        let isItem = text.utf8.first == UInt8(ascii: "-")
        guard let first = text.unicodeScalars.dropFirst(isItem ? 1 : 0).first, first.value >= 0x80 else {
            return nil
        }
        if first == "\u{feff}" { return joinedFiles }
        if first.isBlank || first.isInvisible {
            return "a blank of another kind (U+\(first.codePoint)) stands here: use the space bar"
        }
        let isDash =
            first.properties.generalCategory == .dashPunctuation || first == "\u{2022}" || first == "\u{2212}"
        return isDash && !isItem ? "\(first) is no - to YAML: begin each of a list with '- '" : nil
    }

    /// What is to be said of a key whose colon YAML does not take for one.
    package static func colonSlip(in text: String) -> String? {
        let key = text.unicodeScalars.prefix { $0.isASCII && ($0.properties.isAlphabetic || $0 == "_") }
        let rest = text.unicodeScalars.dropFirst(key.count)
        guard !key.isEmpty, let colon = rest.first else { return nil }
        if colon == "\u{ff1a}" { return "this colon is of another kind (U+FF1A): write ': '" }
        guard colon == ":", let next = rest.dropFirst().first else { return nil }
        return next.value >= 0x80 && (next.isBlank || next.isInvisible)
            ? "the blank behind ':' is of another kind (U+\(next.codePoint)): use the space bar"
            : next.properties.isWhitespace ? nil : "put a blank behind the ':'"
    }

    // MARK: - Words

    private func mustBeQuoted(_ line: YAMLLine, _ reason: String) -> YAMLError {
        error(
            line.value.lowerBound,
            "a text that \(reason) must stand in quotes: put quotes around it\(Self.written(line))")
    }

    /// How the value is written, where that is short enough to be read.
    private static func written(_ line: YAMLLine) -> String {
        let text = withoutQuotes(line.valueText)
        return text.unicodeScalars.count <= 60 ? ": \(YAMLWriter.quoted(text))" : ""
    }

    /// A text without the quotes of any kind that its writer put around it.
    static func withoutQuotes(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count >= 2, let first = scalars.first, let last = scalars.last else { return text }
        let isStraight = first == last && (first == "'" || first == "\"")
        let isCurved = (0x2018...0x201f).contains(first.value) && (0x2018...0x201f).contains(last.value)
        return isStraight || isCurved ? String(scalars.dropFirst().dropLast()) : text
    }

    private func error(_ offset: Int, _ message: String) -> YAMLError {
        YAMLError(mark: Self.mark(of: offset, in: bytes), message: message)
    }

    private static func mark(of offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        bytes.prefix(offset).count { $0 & 0xc0 != 0x80 }
    }

    private static func offset(of mark: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var cursor = TextCursor()
        return cursor.offset(of: mark, in: bytes) ?? bytes.count
    }
}
