/// Cuts texts into words, and folds them: without case, accents and width, so that `Café` is `cafe`,
/// `Đường` is `duong` and `İstanbul` is `istanbul`. Done here and not by the database, so that all engines
/// find alike, and nothing in a query is syntax.
///
/// A word is a run of letters, digits and their marks. In scripts that put no spaces between words, each
/// character is one.
package struct WordFolder {
    /// What a character is in a text that is cut into words.
    private enum Role {
        case separator
        /// Passed over: neither part of a word nor its end.
        case nothing
        /// Part of a word, if there is one.
        case mark([UInt8])
        case letter([UInt8])
        /// A word of its own.
        case word([UInt8])
    }

    /// A word, folded, and where it stands in the text, in bytes.
    package struct Word {
        package fileprivate(set) var bytes: [UInt8] = []
        package fileprivate(set) var start = 0
    }

    /// In bytes. The rest of a longer word is left out.
    private static let wordLimit = 128

    /// The characters beyond ASCII that were seen.
    private var roles: [Unicode.Scalar: Role] = [:]

    package init() {}

    /// All words, with a space between them.
    package mutating func folded(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        forEachWord(in: text) { word in
            if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
            bytes += word.bytes
            return true
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends all words of a text, with a space between them.
    package mutating func fold(_ text: UnsafeBufferPointer<UInt8>, into buffer: GrowingBytes) {
        // Of ASCII, words are no longer than the text: what separates them is a character at least.
        buffer.reserve(buffer.count + text.count)
        if let count = Self.foldASCII(text, into: buffer.free) {
            buffer.count += count
        } else {
            var words = folded(text.text)
            words.withUTF8 { buffer.append($0) }
        }
    }

    /// The same for a text that is all ASCII.
    ///
    /// - Parameter room: As much as the text has.
    /// - Returns: How many bytes were written; `nil` for another text.
    private static func foldASCII(
        _ text: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableRawBufferPointer
    ) -> Int? {
        var (count, length) = (0, 0)
        for byte in text {
            guard byte < 0x80 else { return nil }
            guard isASCIILetter(byte) || isASCIIDigit(byte) else {
                length = 0
                continue
            }
            if length == 0, count > 0 {
                room[count] = UInt8(ascii: " ")
                count += 1
            }
            length += 1
            if length <= wordLimit {
                // Digits have this bit already.
                room[count] = byte | 0x20
                count += 1
            }
        }
        return count
    }

    package mutating func words(of text: String) -> [String] {
        var words: [String] = []
        forEachWord(in: text) {
            words.append(String(decoding: $0.bytes, as: UTF8.self))
            return true
        }
        return words
    }

    /// - Parameter body: Returns whether it wants another word.
    package mutating func forEachWord(in text: String, _ body: (Word) -> Bool) {
        var text = text
        if text.withUTF8({ Self.forEachASCIIWord(in: $0, body) }) { return }
        var word = Word()
        var isClosed = false
        var offset = 0
        /// Ends a word, if there is one.
        func end() -> Bool {
            isClosed = false
            guard !word.bytes.isEmpty else { return true }
            defer { word.bytes.removeAll(keepingCapacity: true) }
            return body(word)
        }
        func append(_ bytes: some Collection<UInt8>) {
            if word.bytes.isEmpty { word.start = offset }
            if word.bytes.count + bytes.count <= Self.wordLimit { word.bytes += bytes }
        }
        for scalar in text.unicodeScalars {
            let role = role(of: scalar)
            switch role {
            case .separator: guard end() else { return }
            case .nothing: break
            case .mark(let bytes): if !word.bytes.isEmpty { append(bytes) }
            case .letter(let bytes):
                if isClosed { guard end() else { return } }
                append(bytes)
            case .word(let bytes):
                guard end() else { return }
                append(bytes)
                isClosed = true
            }
            offset += UTF8.width(scalar)
        }
        _ = end()
    }

    /// The same for texts that are all ASCII, in a tenth of the time.
    ///
    /// - Returns: Whether this is one; `body` was not called where it is not.
    private static func forEachASCIIWord(in text: UnsafeBufferPointer<UInt8>, _ body: (Word) -> Bool) -> Bool {
        guard text.allSatisfy({ $0 < 0x80 }) else { return false }
        var word = Word()
        for (offset, byte) in text.enumerated() {
            if isASCIILetter(byte) || isASCIIDigit(byte) {
                if word.bytes.isEmpty { word.start = offset }
                if word.bytes.count < wordLimit { word.bytes.append(isASCIIDigit(byte) ? byte : byte | 0x20) }
            } else if !word.bytes.isEmpty {
                guard body(word) else { return true }
                word.bytes.removeAll(keepingCapacity: true)
            }
        }
        if !word.bytes.isEmpty { _ = body(word) }
        return true
    }

    // MARK: - Characters

    private mutating func role(of scalar: Unicode.Scalar) -> Role {
        if scalar.isASCII { return Self.ascii[Int(scalar.value)] }
        if let role = roles[scalar] { return role }
        let role = Self.role(of: scalar)
        roles[scalar] = role
        return role
    }

    private static let ascii: [Role] = (0..<0x80).map { (byte: UInt8) in
        if isASCIILetter(byte) { return .letter([byte | 0x20]) }
        return isASCIIDigit(byte) ? .letter([byte]) : .separator
    }

    private static func role(of scalar: Unicode.Scalar) -> Role {
        if scalar.properties.isDefaultIgnorableCodePoint || scalar == arabicFiller { return .nothing }
        let scalarIsMark = isMark(scalar)
        guard scalarIsMark || isLetter(scalar) else { return .separator }
        var bytes: [UInt8] = []
        var hasLetter = false
        for part in scalar.compatibilityDecomposition
        where isLetter(part) || isMark(part) && !isAccent(part) {
            hasLetter = hasLetter || isLetter(part)
            bytes += plain(part).utf8
        }
        if bytes.isEmpty { return scalarIsMark ? .nothing : .separator }
        if !hasLetter { return .mark(bytes) }
        return standsAlone(scalar) ? .word(bytes) : .letter(bytes)
    }

    /// Lengthens Arabic words on paper.
    private static let arabicFiller: Unicode.Scalar = "\u{640}"

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    /// Whether a mark is an accent, or a vowel that Hebrew and Arabic may leave out. Those of other scripts,
    /// which change the word, are kept. The numbers are Unicode's combining classes.
    private static func isAccent(_ mark: Unicode.Scalar) -> Bool {
        switch mark.properties.canonicalCombiningClass.rawValue {
        case 1, 10...36, 200...: true
        default: false
        }
    }

    /// A letter in lower case, or those that stand for it; a digit of any script as ours.
    private static func plain(_ scalar: Unicode.Scalar) -> String {
        if scalar.properties.generalCategory == .decimalNumber, let value = scalar.properties.numericValue {
            return String(Int(value))
        }
        let lower = scalar.properties.lowercaseMapping
        return lower.unicodeScalars.first.flatMap { spellings[$0] } ?? lower
    }

    /// Letters that Unicode does not take for another one with an accent, but people do.
    private static let spellings: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h",
        "ŧ": "t", "ı": "i", "ς": "σ",
    ]

    /// Whether a character belongs to a script that puts no spaces between words: Chinese, Japanese, Thai,
    /// Lao, Burmese, Khmer.
    private static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0e00...0x0eff, 0x1000...0x109f, 0x1780...0x17ff, 0x3040...0x30ff, 0xff66...0xff9f:
            scalar.properties.generalCategory != .decimalNumber
        default: scalar.properties.isIdeographic
        }
    }
}
