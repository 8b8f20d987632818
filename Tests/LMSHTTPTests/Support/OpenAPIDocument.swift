import LMSCore
import LMSTestSupport
import LMSText

@testable import LMSHTTP

/// The API's document, for tests that compare it with the API.
struct OpenAPIDocument {
    let root: JSONValue

    init() throws { root = try JSONValue(try OpenAPI.document()) }

    func operation(_ route: Route) -> JSONValue? {
        root["paths"]?[route.path.description]?[route.method.rawValue.lowercased()]
    }

    /// A response, also one that stands elsewhere.
    func response(_ route: Route, _ status: Int) -> JSONValue? {
        guard let response = operation(route)?["responses"]?[String(status)] else { return nil }
        guard let reference = response["$ref"]?.string else { return response }
        return JSONPointer(reference).find(in: root)
    }

    /// Where an answer is not what the document says.
    func problems(with entry: RawService.Record.Entry) throws -> [String] {
        let answer = entry.answer
        let name = "\(entry.route.testDescription) \(answer.status)"
        guard let response = response(entry.route, answer.status) else { return ["\(name): not described"] }
        let type = answer["Content-Type"] ?? ""
        guard let schema = response["content"]?[type]?["schema"] else { return ["\(name): no \(type)"] }
        let missing = (response["headers"]?.members ?? []).filter {
            $0.value["required"] == .boolean(true) && answer[$0.key] == nil
        }
        .map { "\(name): no header \($0.key)" }
        return try missing
            + JSONSchema(value: schema, root: root).problems(answer.json).map { "\(name): \($0)" }
    }
}
