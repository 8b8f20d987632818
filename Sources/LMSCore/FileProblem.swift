package import LMSText

/// Something that is wrong at a source location in a file that a user gave.
package struct FileProblem: Codable, Sendable, Equatable {
    /// As the user named it.
    package let file: String
    /// The physical line, from 1.
    package let line: Int
    /// In Unicode scalars, from 1.
    package let column: Int
    package let message: String

    /// - Parameter location: The beginning of the file, unless it is said otherwise.
    package init(
        file: String, at location: TextLocation = TextLocation(line: 1, column: 1), message: String
    ) {
        self.file = file
        line = location.line
        column = location.column
        self.message = message
    }

    package var location: TextLocation { TextLocation(line: line, column: column) }

    /// `FILE:LINE:COLUMN: message`, as editors and `grep` read it.
    package var text: String { "\(file):\(line):\(column): \(message)" }
}

/// What is wrong in files, gathered so that one pass names everything.
///
/// Rights outrank rules, and rules outrank conflicts: what is told is of one kind, the first of these.
///
/// A message says what is wrong at its source location; the rule that was broken is the hint, which is told once.
struct FileProblems: Sendable {
    /// A file's name, in bytes: it stands in front of each problem. As much as a path on Linux has.
    private static let nameLimit = 4096

    /// - Throws: `LMSError` `invalid`.
    static func requireName(_ file: String) throws {
        guard file.utf8.count <= nameLimit else {
            throw LMSError(.invalid, "the name of a file is too long: \(quoted(file))")
        }
    }

    /// How many are named; the others are counted.
    static let named = 20

    private struct Found {
        var first: [FileProblem] = []
        var count = 0
        /// The rules that were broken, each once, however often it was.
        private(set) var hints: [String] = []

        mutating func add(_ hint: String) {
            if hints.count < FileProblems.named, !hints.contains(hint) { hints.append(hint) }
        }
    }

    private var found: [LMSError.Code: Found] = [:]

    var isEmpty: Bool { found.isEmpty }

    /// - Parameters:
    ///   - problem: Is made only where it will be named: finding a location takes time.
    ///   - hint: What to do about it, or the rule that is broken. Each is told once.
    mutating func add(
        _ problem: @autoclosure () -> FileProblem, _ code: LMSError.Code = .invalid, hint: String? = nil
    ) {
        var group = found[code] ?? Found()
        group.count += 1
        if group.count <= Self.named { group.first.append(problem()) }
        if let hint { group.add(hint) }
        found[code] = group
    }

    /// Adds something to do about what was found.
    mutating func add(hint: String, _ code: LMSError.Code = .invalid) {
        guard var group = found[code] else { return }
        group.add(hint)
        found[code] = group
    }

    mutating func add<Value>(
        _ message: String, at located: Located<Value>, _ code: LMSError.Code = .invalid, hint: String? = nil
    ) {
        add(FileProblem(file: located.file, at: located.location, message: message), code, hint: hint)
    }

    /// Performs `check`; notes what it throws about the value that stands there.
    ///
    /// - Returns: What `check` returns; `nil` where it threw.
    mutating func noting<Value, T>(_ located: Located<Value>, _ check: () throws -> T) throws -> T? {
        do {
            return try check()
        } catch let error as LMSError where error.isAboutInput {
            let code: LMSError.Code = error.code == .tooLarge ? .invalid : error.code
            add(error.message, at: located, code, hint: error.hint)
            return nil
        }
    }

    /// - Throws: `LMSError` that names what was found.
    func throwIfAny() throws {
        if let error { throw error }
    }

    private var error: LMSError? {
        let ranks: [LMSError.Code] = [.denied, .invalid, .conflict]
        guard let code = ranks.first(where: { found[$0] != nil }), let group = found[code],
            let only = group.first.first
        else { return nil }
        var files: [ExactText: Int] = [:]
        for problem in group.first where files[ExactText(problem.file)] == nil {
            files[ExactText(problem.file)] = files.count
        }
        let inOrder = group.first.sorted {
            (files[ExactText($0.file)] ?? 0, $0.line, $0.column)
                < (files[ExactText($1.file)] ?? 0, $1.line, $1.column)
        }
        let hint = group.hints.isEmpty ? nil : group.hints.joined(separator: "\n")
        guard group.count > 1 else {
            return LMSError(code, only.text, hint: hint, problems: group.first)
        }
        let rest =
            group.count > group.first.count ? ", of which \(group.first.count) are named" : ""
        return LMSError(
            code, "\(group.count) problems\(rest): nothing was changed", hint: hint, problems: inOrder)
    }
}

extension LMSError {
    /// Whether it is a value's own fault, so that a file's other values are looked at all the same.
    fileprivate var isAboutInput: Bool {
        switch code {
        case .invalid, .tooLarge, .conflict, .denied: true
        case .usage, .malformed, .notFound, .unavailable, .internal, .methodNotAllowed, .unsupportedType, .io,
            .busy, .throttled, .wrongPassword, .notSignedIn:
            false
        }
    }
}
