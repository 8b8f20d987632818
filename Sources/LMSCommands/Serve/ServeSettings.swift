internal import LMSCore
internal import LMSHTTP
internal import LMSText

/// What `lms serve` was told: by flags, which go before the environment, which goes before the file.
struct ServeSettings {
    /// The variables; the flags have the same names.
    enum Key: String, CaseIterable {
        case host = "LMS_HOST"
        case port = "LMS_PORT"
        case tlsCert = "LMS_TLS_CERT"
        case tlsKey = "LMS_TLS_KEY"
        case trustedProxy = "LMS_TRUSTED_PROXY"
        case registration = "LMS_REGISTRATION"
        case logLevel = "LMS_LOG_LEVEL"
        case workers = "LMS_WORKERS"
        case insecureHTTP = "LMS_INSECURE_HTTP"
        case db = "LMS_DB"

        /// The flag of the same name, as `--tls-cert`.
        var flag: String {
            "--" + rawValue.dropFirst("LMS_".count).lowercased().replacing("_", with: "-")
        }

        /// Whether its value is a path, to which blanks may belong.
        var isPath: Bool { self == .db || self == .tlsCert || self == .tlsKey }
    }

    let flags: [Key: String]
    let environment: Environment
    let file: ServeFile?

    /// A value, and what gave it: a flag, a variable, or a line of the file.
    private func look(_ key: Key) -> (value: String, name: String)? {
        if let value = flags[key] { return (value, key.flag) }
        if let value = environment[key.rawValue] {
            return (key.isPath ? value : value.withoutWrapping, key.rawValue)
        }
        return file?.values[key].map { ($0.value, "\($0.location) \(key.rawValue)") }
    }

    /// - Throws: `LMSError` `usage` for a value that says nothing, `invalid` where it stands in the file.
    func serverOptions(isInsecureAllowed: Bool) throws -> ServerOptions {
        let cores = Processors.count
        var options = ServerOptions(
            host: look(.host)?.value ?? "127.0.0.1",
            port: try number(.port, in: 0...65535) ?? 8080,
            workers: try number(.workers, in: 1...256) ?? cores)
        options.tls = try tls()
        options.trustedProxies = try trustedProxies()
        options.registration = try choice(.registration, RegistrationPolicy.self) ?? .open
        options.logsCauses = environment.tellsCauses
        options.logLevel = try choice(.logLevel, LogLevel.self) ?? .info
        let isInsecureAllowed =
            try isInsecureAllowed || choice(.insecureHTTP, YesOrNo.self).map(\.isYes) ?? false
        guard options.tls != nil || options.isOnLoopback || isInsecureAllowed else {
            throw LMSError(
                .usage, "without TLS, passwords on the way to \(options.host) can be read by others",
                hint:
                    "Give --tls-cert and --tls-key. Behind a proxy that does TLS, say --insecure-http.")
        }
        return options
    }

    /// The database to serve: the settings file's, where neither a flag nor the environment names one.
    ///
    /// - Parameter isServerNamed: Whether the line names a server, which is refused.
    func location(of target: CommandTarget, isServerNamed: Bool) throws -> DatabaseLocation {
        let isNamed = flags[.db] != nil || environment["LMS_DB"] != nil || environment["LMS_SERVER"] != nil
        guard !isNamed, !isServerNamed, let path = file?.values[.db]?.value else {
            return try target.location
        }
        return try DatabaseLocation(named: path)
    }

    private func tls() throws -> (certificate: String, key: String)? {
        switch (look(.tlsCert), look(.tlsKey)) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return (certificate.value, key.value)
        default:
            throw LMSError(
                .usage, "a certificate and its key go together", hint: "Give --tls-cert and --tls-key.")
        }
    }

    private func trustedProxies() throws -> [AddressRange] {
        guard let (value, name) = look(.trustedProxy) else { return [] }
        return try value.split(separator: ",").map { text in
            guard let range = AddressRange(String(text).trimmed) else {
                throw wrong(name, value, "addresses or ranges like 10.0.0.0/8")
            }
            return range
        }
    }

    private func number(_ key: Key, in range: ClosedRange<Int>) throws -> Int? {
        guard let (value, name) = look(key) else { return nil }
        guard let number = Int(value), number.description == value, range.contains(number) else {
            throw wrong(name, value, "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private func choice<T: RawRepresentable<String> & CaseIterable>(_ key: Key, _ type: T.Type) throws -> T? {
        guard let (value, name) = look(key) else { return nil }
        guard let choice = T(rawValue: value.lowercased()) else {
            throw wrong(name, value, "one of: " + T.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }

    private func wrong(_ name: String, _ value: String, _ expected: String) -> LMSError {
        let isInFile = name.contains(" ")
        return LMSError(isInFile ? .invalid : .usage, "\(name): '\(value)' should be \(expected)")
    }

    private enum YesOrNo: String, CaseIterable {
        case yes, no
        case one = "1"
        case zero = "0"
        case `true`, `false`

        var isYes: Bool { self == .yes || self == .one || self == .true }
    }
}
