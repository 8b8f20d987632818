internal import LMSCore

/// Performs the use cases of whoever is signed in.
struct SignedInService: LMSService {
    /// `nil` where the command is a dry run.
    private let lasting: (any LMSService)?
    private let dryRun: any LMSService
    private let givenTokenTarget: String?

    /// - Parameters:
    ///   - lasting: Where what is done stands; `nil` for a command that is a dry run.
    ///   - dryRun: Where what is done is taken back.
    ///   - givenTokenTarget: The target that the token of `LMS_TOKEN` is taken to; `nil` where the token is the session
    ///     file's.
    init(_ lasting: (any LMSService)?, dryRun: any LMSService, givenTokenTarget: String?) {
        self.lasting = lasting
        self.dryRun = dryRun
        self.givenTokenTarget = givenTokenTarget
    }

    func perform<U: UseCase>(_ useCase: U) async throws -> U.Output {
        try await perform(useCase, isDryRun: false)
    }

    /// - Parameter isDryRun: Whether it is taken back, whatever the command is.
    func perform<U: UseCase>(_ useCase: U, isDryRun: Bool) async throws -> U.Output {
        try await perform(useCase, on: isDryRun ? dryRun : lasting ?? dryRun)
    }

    /// Where a token of `LMS_TOKEN` is refused, the variable must be mended: advice to sign in would not help.
    private func perform<U: UseCase>(_ useCase: U, on service: any LMSService) async throws -> U.Output {
        do {
            return try await service.perform(useCase)
        } catch let error as LMSError where error.code == .notSignedIn {
            guard let givenTokenTarget else { throw error }
            throw LMSError(
                .notSignedIn,
                "the token in LMS_TOKEN does not hold at \(givenTokenTarget): it has expired or was revoked, or was made elsewhere",
                hint:
                    "First take it away: unset LMS_TOKEN. Then, signed in, make a new one with: lms token create --label NAME",
                causes: error.causes)
        }
    }
}
