internal import ArgumentParser
internal import Foundation
internal import LMSCore
internal import LMSDatabase
internal import LMSHTTP

/// `lms serve`
struct Serve: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", _superCommandName: "lms",
        abstract: "Serve the database to people on other machines, over HTTP.",
        discussion: """
            Runs until it is stopped with Ctrl-C or SIGTERM. Every option can also come from a variable \
            (LMS_PORT for --port) or from a file of such lines.

            Example:
              lms serve --port 8080 --registration students
            """)

    @Option(help: "The address to listen on. Default: 127.0.0.1")
    var host: String?

    @Option(help: "The port; 0 for any that is free. Default: 8080")
    var port: String?

    @Option(help: ArgumentHelp("The certificate chain, as a PEM file.", valueName: "file"))
    var tlsCert: String?

    @Option(help: ArgumentHelp("The certificate's private key, as a PEM file.", valueName: "file"))
    var tlsKey: String?

    @Option(
        help: ArgumentHelp(
            "Whose X-Forwarded-For to believe: addresses or ranges, with commas.", valueName: "cidr"))
    var trustedProxy: String?

    @Option(help: "Who may register: open, students or closed. Default: open")
    var registration: String?

    @Option(
        help: ArgumentHelp("What to log: debug, info, warning or error. Default: info", valueName: "level"))
    var logLevel: String?

    @Option(help: "How many threads answer. Default: one for each core")
    var workers: String?

    @Option(help: ArgumentHelp("Read options from a file of lines like LMS_PORT=8080.", valueName: "file"))
    var envFile: String?

    @OptionGroup
    var options: GlobalOptions

    static var createsDatabase: Bool { true }

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
