import LMSCore
import LMSTestSupport
import LMSText

@testable import LMSHTTP

/// What happens when a scenario is played on a service, line by line.
final class Play {
    typealias Stage = (_ token: SessionToken?, _ isDryRun: Bool) -> any LMSService

    let world: World
    private let stage: Stage
    /// By the name under which somebody signed in.
    private var tokens: [String: SessionToken] = [:]
    /// `student JoinCourse: {"course":1,...}`, without secrets.
    private(set) var lines: [String] = []
    private(set) var useCases: Set<String> = []
    private(set) var codes: Set<LMSError.Code> = []

    init(_ world: World, _ stage: @escaping Stage) {
        self.world = world
        self.stage = stage
    }

    /// Performs a use case as somebody, and notes what came of it.
    @discardableResult
    func step<U: UseCase>(_ who: String?, _ useCase: U, isDryRun: Bool = false) async throws -> U.Output? {
        let service = stage(who.flatMap { tokens[$0] }, isDryRun)
        let what = "\(who ?? "nobody") \(U.self)\(isDryRun ? " (dry run)" : "")"
        useCases.insert("\(U.self)")
        do {
            let output = try await service.perform(useCase)
            let text = String(decoding: try JSONOutput.bytes(output), as: UTF8.self)
            lines.append("\(what): \(Self.withoutSecrets(text))")
            return output
        } catch let error as LMSError {
            codes.insert(error.code)
            let rest = "\(error.message) | \(error.hint ?? "-") | \(error.retryAfter.map { "\($0)" } ?? "-")"
            lines.append("\(what): \(error.code.rawValue) | \(rest)")
            return nil
        }
    }

    /// Performs it as a dry run, then in earnest.
    @discardableResult
    func both<U: UseCase>(_ who: String?, _ useCase: U) async throws -> U.Output? {
        try await step(who, useCase, isDryRun: true)
        return try await step(who, useCase)
    }

    /// Signs in; from here on the name has the token.
    func signIn(_ who: String, password: String = World.password, lifetime: Lifetime? = nil) async throws {
        let answer = try await step(
            nil, LogIn(username: Username(who), password: Password(password), lifetime: lifetime))
        if let answer { tokens[who] = answer.token }
    }

    /// All pages of a list, a row a page at a time.
    func pages<U: UseCase, Item>(_ who: String, _ make: (Cursor?) -> U) async throws
    where U.Output == Page<Item> {
        var after: Cursor?
        for _ in 0..<20 {
            after = try await step(who, make(after))?.next
            if after == nil { return }
        }
        throw Missing(what: "the end of a list")
    }

    static func withoutSecrets(_ text: String) -> String {
        text.replacing(/lms_[A-Za-z0-9_-]{43}/, with: "lms_SECRET").replacing(/"key":"[^"]*"/, with: #""key":"KEY""#)
    }
}
