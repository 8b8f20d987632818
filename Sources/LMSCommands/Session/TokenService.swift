internal import LMSCore

/// Performs use cases with the token of `LMS_TOKEN`, and says so where it lets nobody in: who gave it there need not
/// sign in.
struct TokenService: LMSService {
    let service: any LMSService
    /// Where the token does not hold.
    let target: String

    func perform<U: UseCase>(_ useCase: U) async throws -> U.Output {
        do {
            return try await service.perform(useCase)
        } catch let error as LMSError where error.code == .notSignedIn {
            throw LMSError(
                .notSignedIn,
                "the token in LMS_TOKEN does not hold at \(target): it has expired or was revoked, or was made elsewhere",
                hint:
                    "First take it away: unset LMS_TOKEN. Then, signed in, make a new one with: lms token create --label NAME"
            )
        }
    }
}
