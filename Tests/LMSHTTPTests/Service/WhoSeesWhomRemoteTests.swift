import Glibc
import LMSCore
import LMSTestSupport
import LMSText
import Testing

@testable import LMSHTTP

/// Who sees whose name and number, through a server: as commands ask, and on every route.
@Suite struct WhoSeesWhomRemoteTests {
    @Test(arguments: ActedSchool.seeds.prefix(1))
    func `a name and a number are seen by whom the contract names, and are in no line of the server's log`(
        seed: UInt64
    ) async throws {
        try await withTemporaryFolder { folder in
            try folder.write([], to: "log")
            let descriptor = open(folder.path("log"), O_WRONLY | O_APPEND)
            defer { close(descriptor) }
            let school = try await withServer(World(), .test, logDescriptor: descriptor) { server in
                var school = try await ActedSchool(in: server.world, seed: seed) { server.remote($0.token, isDryRun: $1) }
                for _ in 0..<(ActedSchool.acts ?? 12) {
                    try await school.act()
                    let viewer = try school.viewer()
                    let inquiries = try school.inquiries()
                    school.expectHonest(try await school.replies(to: inquiries, of: viewer), to: viewer)
                    let replies = try await repliesOnRoutes(inquiries, of: school.person(viewer), on: server)
                    school.expectHonest(replies, to: viewer)
                }
                return school
            }
            school.expectSilent(String(decoding: try folder.bytes(of: "log"), as: UTF8.self), "the server's log")
        }
    }

    /// The answers of all routes that an inquiry has, their headers too.
    private func repliesOnRoutes(
        _ inquiries: [Inquiry], of person: Person, on server: RunningServer
    ) async throws -> [Reply] {
        var (replies, asked): ([Reply], Set<String>) = ([], [])
        for inquiry in inquiries {
            let fields = try #require(JSONOutput.value(inquiry.useCase).members).map(\.key)
            for route in Routes.all where "\(route.useCase)" == inquiry.name && !fields.contains(where: route.omitting.contains) {
                var request = try RawRequest(inquiry.useCase, by: route, token: person.token, defaults: ["course": "c0"])
                if inquiry.isDryRun, route.effect == .writes {
                    request.target += (request.target.contains("?") ? "&" : "?") + "dry_run=true"
                }
                let answer = try await server.send(request)
                let headers = answer.headers.map { "\($0.name): \($0.value)" }
                replies.append(Reply(to: inquiry, (headers + [answer.text]).joined(separator: "\n")))
                asked.insert(route.testDescription)
            }
        }
        let readable = Set(Routes.all.filter { $0.method == .get && $0.needsSession }.map(\.testDescription))
        #expect(readable.subtracting(asked).sorted() == [])
        return replies
    }
}
