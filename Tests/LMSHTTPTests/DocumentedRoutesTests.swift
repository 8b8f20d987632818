import Foundation
import LMSCore
import LMSTestSupport
import LMSText
import Testing

@testable import LMSHTTP

/// Every operation of the API's document has an example in Docs/HTTP.md that succeeds.
@Suite struct DocumentedRoutesTests {
    struct Operation: Hashable, CustomTestStringConvertible {
        let method: String
        let path: [String]

        init(_ method: String, _ path: String) {
            self.method = method
            self.path = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        }

        var testDescription: String { "\(method) \(path.joined(separator: "/"))" }

        /// Whether a request goes here. No literal stands beside a parameter.
        func matches(_ request: Operation) -> Bool {
            method == request.method && path.count == request.path.count
                && zip(path, request.path).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }
    }

    private static let operations: [Operation] = {
        let document = (try? OpenAPI.document()).flatMap { try? JSONValue($0) }
        return (document?["paths"]?.members ?? []).flatMap { path in
            (path.value.members ?? []).map { Operation($0.key.uppercased(), path.key) }
        }
    }()

    /// The requests of the page that were answered with something else than a problem.
    private static let requests: Set<Operation> = {
        let url = URL(fileURLWithPath: "\(SourceTree.root)/Docs/HTTP.md")
        let steps = (try? ConsolePage(contentsOf: url).transcript.steps) ?? []
        return Set(
            steps.filter { !$0.output.contains { $0.contains("\"about:blank\"") } }
                .compactMap { request(in: $0.script) })
    }()

    private static func request(in script: String) -> Operation? {
        guard let address = script.range(of: "$LMS_URL") else { return nil }
        let path = script[address.upperBound...].prefix { !"?\" |\n".contains($0) }
        let words = script.split(separator: " ")
        if let flag = words.firstIndex(of: "-X") { return Operation(String(words[flag + 1]), String(path)) }
        return Operation(words.contains("--json") ? "POST" : "GET", String(path))
    }

    @Test func `the document has every route`() {
        let documented = Set(Self.operations)
        for route in Routes.all {
            #expect(documented.contains(Operation(route.method.rawValue, route.path.description)))
        }
        #expect(documented.count == Routes.all.count + FixedAnswers(document: []).all.count)
    }

    @Test(arguments: operations)
    func `every operation has an example`(_ operation: Operation) {
        #expect(Self.requests.contains { operation.matches($0) })
    }
}
