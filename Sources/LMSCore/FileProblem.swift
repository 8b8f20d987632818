/// Something that is wrong at a place in a file that a user gave.
package struct FileProblem: Codable, Sendable, Equatable {
    /// As the user named it.
    package let file: String
    /// The physical line, from 1.
    package let line: Int
    /// In Unicode scalars, from 1.
    package let column: Int
    package let message: String

    package init(file: String, line: Int, column: Int, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// `FILE:LINE:COLUMN: message`, as editors and `grep` read it.
    package var text: String { "\(file):\(line):\(column): \(message)" }
}

/// What is wrong in files, gathered so that one pass names everything.
///
/// Rights outrank rules, and rules outrank conflicts: what is told is of one kind, the first of these.
struct FileProblems: Sendable {
    /// How many are named; the others are counted.
    static let named = 20

    private var found: [LMSError.Code: (first: [FileProblem], count: Int)] = [:]

    var isEmpty: Bool { found.isEmpty }

    mutating func add(_ problem: FileProblem, _ code: LMSError.Code = .invalid) {
        found[code, default: ([], 0)].count += 1
        if let count = found[code]?.first.count, count < Self.named { found[code]?.first.append(problem) }
    }

    /// Performs `check`; where it finds fault with what stands at a place, notes that.
    ///
    /// - Returns: What `check` returns; `nil` where it found fault.
    mutating func noting<T>(
        _ file: String, _ line: Int, _ column: Int, _ check: () throws -> T
    ) throws -> T? {
        do {
            return try check()
        } catch let error as LMSError where error.isAboutInput {
            let code: LMSError.Code = error.code == .tooLarge ? .invalid : error.code
            add(FileProblem(file: file, line: line, column: column, message: error.message), code)
            return nil
        }
    }

    /// - Throws: `LMSError` that names what was found.
    func throwIfAny(hint: String? = nil) throws {
        if let error = error(hint: hint) { throw error }
    }

    private func error(hint: String?) -> LMSError? {
        let ranks: [LMSError.Code] = [.denied, .invalid, .conflict]
        guard let code = ranks.first(where: { found[$0] != nil }), let (first, count) = found[code],
            let only = first.first
        else { return nil }
        let rest = count > first.count ? ", of which the first \(first.count) are named" : ""
        return LMSError(
            code, count == 1 ? only.text : "\(count) problems\(rest): nothing was changed", hint: hint,
            problems: first)
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
