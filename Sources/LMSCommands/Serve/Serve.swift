internal import LMSCommandLine
internal import LMSCore
internal import LMSDatabase
internal import LMSHTTP

/// `lms serve`
struct Serve: OperatorCommand {
    static let name = "serve"
    static let summary = "Serve the database to people on other machines, over HTTP."
    static let details = """
        Runs until it is stopped with Ctrl-C or SIGTERM. Every option can also come from a variable \
        (LMS_PORT for --port) or from a file of such lines.
        """
    static let examples = ["lms serve --port 8080 --registration students"]
    static var syntax: Syntax<Self> {
        [
            .option("--host", \.host, "The address to listen on. Default: 127.0.0.1"),
            .option("--port", \.port, "The port; 0 for any that is free. Default: 8080"),
            .option("--tls-cert", \.tlsCert, takes: .file, value: "file", "The certificate chain, as a PEM file."),
            .option("--tls-key", \.tlsKey, takes: .file, value: "file", "The certificate's private key, as a PEM file."),
            .option(
                "--trusted-proxy", \.trustedProxy, value: "cidr",
                "Whose X-Forwarded-For to believe: addresses or ranges, with commas."),
            .option("--registration", \.registration, "Who may register: open, students or closed. Default: open"),
            .option("--log-level", \.logLevel, value: "level", "What to log: debug, info, warning or error. Default: info"),
            .option("--workers", \.workers, "How many threads answer. Default: one for each core"),
            .option("--env-file", \.envFile, takes: .file, value: "file", "Read options from a file of lines like LMS_PORT=8080."),
        ]
    }

    var host: String?
    var port: String?
    var tlsCert: String?
    var tlsKey: String?
    var trustedProxy: String?
    var registration: String?
    var logLevel: String?
    var workers: String?
    var envFile: String?
    var options = GlobalOptions()

    static var createsDatabase: Bool { true }
    /// Here, `--insecure-http` is about the server itself.
    static var shared: Syntax<Self> { .group(\.options).shared(except: "--insecure-http").hiding("--server", "--ca-file") }

    func run(in context: CommandContext) async throws {
        let file = try envFile.map(ServeFile.init)
        let settings = ServeSettings(
            flags: flags, environment: context.invocation.environment, file: file)
        let serverOptions = try settings.serverOptions(isInsecureAllowed: options.insecureHTTP)
        try serverOptions.validate()
        let target = try settings.location(of: context.target, isServerNamed: options.server != nil)
        let database = try open(target, serverOptions)
        let console = context.console
        let server = Server(
            database: database, options: serverOptions, clock: context.invocation.clock,
            logDescriptor: context.invocation.streams.error)
        try await server.run { address in
            console.note("lms: serving \(target.name) at \(address)")
        }
    }

    private func open(_ target: DatabaseLocation, _ options: ServerOptions) throws -> any Database {
        switch target {
        case .file(let file):
            try file.translating {
                try file.createIfMissing()
                return try SQLitePool.open(path: file.path, schema: .lms, readers: options.readers)
            }
        // A connection waits for the other machine most of the time, so there are more of them than threads.
        case .postgreSQL(let server): try server.open(connections: 4 * options.workers + 2)
        }
    }

    private var flags: [ServeSettings.Key: String] {
        let values: [(ServeSettings.Key, String?)] = [
            (.host, host), (.port, port), (.tlsCert, tlsCert), (.tlsKey, tlsKey),
            (.trustedProxy, trustedProxy), (.registration, registration), (.logLevel, logLevel),
            (.workers, workers), (.db, options.db),
        ]
        return Dictionary(uniqueKeysWithValues: values.compactMap { key, value in value.map { (key, $0) } })
    }
}
