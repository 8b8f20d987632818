import LMSCore
internal import LMSText

@testable import LMSCommands
@testable import LMSHTTP

extension JSONInput.ShapeError: Refusal {}
extension JSONValue.SyntaxError: Refusal {}

/// A request: `METHOD /path?query`, a line end, the body. It goes as far as the database and is taken back.
func fuzzHTTP(_ input: [UInt8]) {
    let end = input.firstIndex(of: 10) ?? input.endIndex
    guard let line = Array(input[..<end]).text, let space = line.firstIndex(of: " ") else { return }
    let body = Array(input[end...].dropFirst())
    let target = line[line.index(after: space)...]
    let path = target.prefix { $0 != "?" }
    let query = target.dropFirst(path.count).dropFirst()
    guard case .route(let route, let parameters) = routes.match(String(line[..<space]), path) else { return }
    let request = RequestInput(
        route: route, parameters: parameters, query: query, body: body.isEmpty ? nil : body, isJSON: true)
    let service = FuzzSchool.shared.service
    requireNoMistake {
        let fields = try request.fields()
        // Signing in hashes, and is not taken back.
        guard route.effect != .signs else { return }
        let answer = try await route.perform(
            .object(fields.members), isText: !route.method.takesBody, on: service)
        _ = try JSONValue(answer.body)
    }
}

private let routes = RouteTable(Routes.all, FixedAnswers(document: []))

/// What is read is written and read again the same.
func fuzzJSON(_ input: [UInt8]) {
    requireNoMistake {
        let value = try JSONValue(input)
        let again = try JSONValue(JSONOutput.bytes(value))
        require(again == value, "\(value) became \(again)")
    }
}

func fuzzDotfile(_ input: [UInt8]) {
    guard let document = try? JSONValue(input), let contents = SessionFile.Contents(document) else { return }
    let text = contents.json
    let again = (try? JSONValue(Array(text.utf8))).flatMap { SessionFile.Contents($0) }
    require(again?.json == text, "\(text)")
}

/// Dates, ids, times, addresses and names: what is understood is written as it was understood.
func fuzzScalars(_ input: [UInt8]) {
    guard let text = input.text else { return }
    if let date = CalendarDate(text) { require(date.description == text, "\(text) is \(date)") }
    if let instant = Instant(text) {
        require(Instant(instant.description) == instant, "\(text) is \(instant)")
    }
    if let lifetime = Lifetime(text) { require(lifetime.seconds >= 0, "\(text) is \(lifetime)") }
    if let id = CourseID(text) { require(id.rawValue.description == text, "\(text) is \(id)") }
    if let origin = try? Origin(text) {
        require((try? Origin(origin.description)) == origin, "\(text) is \(origin)")
    }
    _ = AddressRange(text)
    let finder = ClientAddress(trustedProxies: AddressRange("127.0.0.0/8").map { [$0] } ?? [])
    _ = finder.find(peer: "127.0.0.1", forwarded: [text])
    _ = finder.find(peer: text, forwarded: [])
    if let fields = try? QueryString.members(text[...]) {
        let again = try? QueryString.members(QueryString.text(fields).dropFirst())
        require(again == fields, "\(fields) became \(String(describing: again))")
    }
    _ = CourseCode(madeFrom: text)
}
