import LMSCore
import LMSDatabase
import LMSTestSupport

@testable import LMSHTTP

/// A server in this process, on a port of loopback, with a world's clock.
struct RunningServer: Sendable {
    let world: World
    let port: UInt16
    let connection: ServerConnection

    /// What somebody with this token, or without one, performs use cases on.
    func remote(_ token: SessionToken? = nil, isDryRun: Bool = false) -> RemoteService {
        RemoteService(connection, token: token, isDryRun: isDryRun)
    }
}

extension ServerOptions {
    static let test = ServerOptions(port: 0, workers: 1)

    /// A server that believes what `X-Forwarded-For` says.
    static func behindProxy(_ registration: RegistrationPolicy = .open) throws -> ServerOptions {
        guard let range = AddressRange("127.0.0.0/8") else { throw Missing(what: "a range") }
        return ServerOptions(port: 0, trustedProxies: [range], registration: registration, workers: 1)
    }
}

/// Starts a server, and stops it when `body` is done.
///
/// - Parameter database: Another one than the world's.
func withServer<T>(
    _ world: World, _ options: ServerOptions = .test, database: (any Database)? = nil,
    logDescriptor: Int32 = -1, _ body: (RunningServer) async throws -> T
) async throws -> T {
    await Turnstile.servers.enter()
    defer { Turnstile.servers.leave() }
    let server = Server(
        database: database ?? world.database, options: options, clock: { world.now },
        hashing: World.cheap, logDescriptor: logDescriptor)
    let (addresses, announcer) = AsyncStream.makeStream(of: String.self)
    let life = Task {
        defer { announcer.finish() }
        try await server.run { announcer.yield($0) }
    }
    var announced = addresses.makeAsyncIterator()
    guard let address = await announced.next() else {
        try await life.value
        throw Missing(what: "the address of a server")
    }
    let origin = try Origin(address)
    let connection = try ServerConnection(to: origin, authority: nil)
    let running = RunningServer(world: world, port: UInt16(origin.port), connection: connection)
    let result: Result<T, any Error>
    do { result = .success(try await body(running)) } catch { result = .failure(error) }
    await connection.close()
    life.cancel()
    _ = await life.result
    return try result.get()
}

/// A new world behind a server.
func withServer<T>(_ body: (RunningServer) async throws -> T) async throws -> T {
    try await withServer(World(), .test, body)
}
