internal import LMSDatabase

/// Who may register without the operator.
package enum RegistrationPolicy: String, Codable, Sendable, CaseIterable {
    case open
    /// Teachers are made by the operator.
    case students
    /// All are made by the operator.
    case closed

    /// - Throws: `LMSError` `denied`.
    func requireMayRegister(as role: Role) throws {
        switch (self, role) {
        case (.open, _), (.students, .student): break
        case (.students, .teacher):
            throw LMSError(
                .denied, "only students can register here",
                hint: "Ask your administrator for a teacher's account.")
        case (.closed, _):
            throw LMSError(
                .denied, "nobody can register here", hint: "Ask your administrator for an account.")
        }
    }
}

extension LocalService {
    /// Counts a registration that comes over the network, in a transaction of its own.
    ///
    /// - Throws: `LMSError` `throttled` with the seconds to wait.
    func countRegistration() async throws {
        guard caller.via == .http else { return }
        let now = clock()
        let window = AddressWindow(key: LoginThrottle.Key("registration", caller.address))
        let refusal = try await database.write(.unsynced()) { connection -> LMSError? in
            if try window.count(connection, at: now) { return nil }
            return LMSError.throttled(
                "too many registrations from your address", until: try window.end(connection, at: now),
                at: now)
        }
        if let refusal { throw refusal }
    }
}
