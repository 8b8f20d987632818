internal import LMSCore

/// A password as somebody gave it.
struct GivenPassword: Sendable {
    let password: Password
    /// The same with the carriage return of the line's end. lms 0.1.0 took it for a part of the password, and whoever
    /// registered with such a file must get in.
    private let withReturn: Password?
    let lastScalar: Unicode.Scalar?

    init(_ password: Password) {
        self.password = password
        withReturn = nil
        lastScalar = nil
    }

    /// - Parameters:
    ///   - line: Valid UTF-8, without its final LF.
    ///   - isEnded: Whether there was one: only then is a carriage return a part of the line's end.
    init(line: [UInt8].SubSequence, isEnded: Bool) {
        let hasReturn = isEnded && line.last == UInt8(ascii: "\r")
        let text = String(decoding: hasReturn ? line.dropLast() : line, as: UTF8.self)
        password = Password(text)
        withReturn = hasReturn ? Password(String(decoding: line, as: UTF8.self)) : nil
        lastScalar = text.unicodeScalars.last
    }

    /// Does what needs the right password. Where it is wrong, and a carriage return stood behind it, that is tried too.
    ///
    /// - Throws: What `body` throws the first time.
    func tried<T>(_ console: Console, _ body: (Password) async throws -> T) async throws -> T {
        do {
            return try await body(password)
        } catch let error as LMSError where error.code == .wrongPassword {
            guard let withReturn, let result = try await second(withReturn, body) else { throw error }
            console.note("This password ends in a carriage return, which an earlier lms took from a file.")
            console.note("Give yourself a new one, which can be typed, with: lms passwd")
            return result
        }
    }

    /// - Returns: `nil` where this is no right password either.
    private func second<T>(_ password: Password, _ body: (Password) async throws -> T) async throws -> T? {
        do {
            return try await body(password)
        } catch let error as LMSError where error.code == .wrongPassword || error.code == .throttled {
            return nil
        }
    }
}
