import Foundation
import LMSTestSupport
import Testing

/// `lms serve` on a scene's database, on a port of its own. It ends with this value.
///
/// Many threads may connect to it; one starts and stops it.
final class ServerProcess: @unchecked Sendable {
    let scheme: String
    let port: UInt16
    private let process: ProgramProcess

    /// Starts it and waits until it says that it is ready.
    init(
        _ scene: ProgramScene, _ flags: String..., database: String? = nil, home: String? = nil,
        environment: [String: String] = [:]
    ) throws {
        var launch = scene.launch(
            ["serve", "--port", "0"] + flags, database: database ?? scene.database,
            environment: ["HOME": home ?? scene.home].merging(environment) { $1 })
        launch.timeout = 120
        process = try ProgramProcess(launch)
        let start = ContinuousClock.now
        var address: Regex<(Substring, Substring, Substring)>.Match?
        repeat {
            usleep(2000)
            address = process.errorsSoFar.firstMatch(of: /serving .* at (https?):\/\/.*:([0-9]+)\n/)
            try #require(
                !process.isOver && seconds(since: start) < 20,
                "the server did not start: \(process.errorsSoFar)")
        } while address == nil
        scheme = address.map { String($0.output.1) } ?? ""
        port = address.flatMap { UInt16($0.output.2) } ?? 0
    }

    var identifier: pid_t { process.identifier }
    var origin: String { "\(scheme)://127.0.0.1:\(port)" }
    /// All that it has written.
    var log: String { process.errorsSoFar }
    /// The log without the line that says it is ready.
    var logLines: [Substring] { log.split(separator: "\n").filter { !$0.hasPrefix("lms: serving ") } }

    func send(_ signal: Int32) { process.send(signal) }

    var isOver: Bool { process.isOver }

    @discardableResult
    func wait() -> Outcome { process.wait() }

    /// Stops it, and checks that this was a good end.
    @discardableResult
    func stop(_ signal: Int32 = SIGTERM, sourceLocation: SourceLocation = #_sourceLocation) -> Outcome {
        send(signal)
        let outcome = wait()
        #expect(outcome.status == 0, "\(outcome)", sourceLocation: sourceLocation)
        return outcome
    }

    /// The most memory that it has had, in MiB.
    var peakMemory: Int {
        get throws { try #require(process.peakMemory) }
    }

    func connect() throws -> RawConnection { try RawConnection(port: port) }

    /// Sends one request on a connection of its own.
    func request(
        _ method: String, _ target: String, token: String? = nil, body: String? = nil, timeout: Double = 20
    ) throws -> RawAnswer {
        let connection = try connect()
        try connection.send(RawConnection.request(method, target, token: token, body: body))
        return try #require(connection.answer(timeout: timeout), "\(method) \(target) got no answer")
    }
}

/// What `lms` does on a server.
extension ProgramScene {
    /// Runs `lms` with `--server`.
    @discardableResult
    func remote(
        _ origin: String, _ arguments: String..., token: String? = nil, input: String = "",
        environment: [String: String] = [:]
    ) throws -> Outcome {
        try run(
            launch(
                arguments + ["--server", origin], database: nil, token: token, input: input,
                environment: environment))
    }
}
