internal import LMSDatabase
internal import LMSText

/// The name of a course that scripts and people use. Every course has one, and it is never a number.
package struct CourseCode: RawRepresentable, Codable, Sendable, Hashable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(_ text: String) { self.init(rawValue: text) }

    package var description: String { rawValue }

    package static let limit = 50

    /// The form that makes `BIO-101` and `bio-101` one code.
    var folded: String { rawValue.lowercased() }

    /// Whether it keeps the rule: without a letter it could be taken for an id.
    var isValid: Bool {
        isName(rawValue, limit: Self.limit) && rawValue.utf8.contains(where: isASCIILetter)
    }

    /// - Throws: `LMSError` `invalid` where the rule for codes is broken.
    func checked() throws -> CourseCode {
        guard isValid else {
            throw LMSError(
                .invalid, "\(quoted(rawValue)) cannot be a course code\(strangeCharacter(in: rawValue))",
                hint:
                    "A code has 1 to \(Self.limit) of A-Z a-z 0-9 . _ - with at least one letter, and begins with a letter or digit."
            )
        }
        return self
    }

    /// A code made from a title, whose letters are folded as in the search: `Øresund Straße` gives `oresund-strasse`.
    /// What is no ASCII then separates words; `course` where nothing is left.
    package init(madeFrom title: String) {
        var folder = WordFolder()
        let joined = folder.words(of: title).flatMap { word in
            word.utf8.split { !isASCIILetter($0) && !isASCIIDigit($0) }.map { String(decoding: $0, as: UTF8.self) }
        }.joined(separator: "-")
        self.init(Self.cut(joined))
        if !isValid { self.init(Self.cut("course-\(joined)")) }
    }

    /// The beginning of a code, with room for a number that makes it unique; it ends with a word, unless that makes it
    /// short.
    private static func cut(_ text: String) -> String {
        var cut = text.prefix(limit - 10)
        let endsInAWord = text.dropFirst(cut.count).first.map { $0 != "-" } ?? false
        if endsInAWord, let end = cut.lastIndex(of: "-"), cut[..<end].count >= 20 { cut = cut[..<end] }
        while cut.hasSuffix("-") { cut.removeLast() }
        return String(cut)
    }

    /// The code with a number behind it: `biologi-dasar-2`.
    func numbered(_ number: Int) -> CourseCode {
        number == 1 ? self : CourseCode("\(rawValue)-\(number)")
    }
}

extension CourseCode: ValueConvertible {}
