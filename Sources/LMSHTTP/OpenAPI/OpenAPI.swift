internal import LMSCore
internal import LMSText

/// The API's description for programs, made from the table of routes and the types behind it.
/// Source: https://spec.openapis.org/oas/v3.1.0
package enum OpenAPI {
    /// The document as JSON.
    ///
    /// - Throws: Where a type of the API cannot be described, which a test would find.
    package static func document() throws -> [UInt8] {
        JSONOutput.bytes(
            [
                "openapi": "3.1.0",
                "info": [
                    "title": "lms", "version": "1",
                    "summary": "Courses, materials and students.",
                    "description": """
                    Sign in with POST /auth/login and send its token with every request: \
                    Authorization: Bearer lms_... Every list is paged: 'next' is the 'after' of the next page.
                    """,
                ],
                "paths": .object(try paths()),
                "components": [
                    "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
                    "schemas": [
                        "Problem": try OpenAPISchema.problem.json(WireSchema.of(ProblemDetails.self))
                    ],
                    "responses": .object(failures()),
                ],
            ])
    }

    // MARK: - Paths

    private static func paths() throws -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        for path in unique(Routes.all.map(\.path.description)) {
            let operations = try Routes.all.filter { $0.path.description == path }.map { route in
                JSONValue.Member(
                    key: route.method.rawValue.lowercased(), value: .object(try operation(route)))
            }
            members.append(JSONValue.Member(key: path, value: .object(operations)))
        }
        return members + FixedAnswers(document: []).all.map(operation)
    }

    private static func operation(_ route: Route) throws -> [JSONValue.Member] {
        let shape = try route.shape()
        var members = JSONValue.members([
            "operationId": .string(operationID(route)), "summary": .string(route.summary),
        ])
        if route.isDeprecated { members += ["deprecated": true] }
        members += [
            "security": route.needsSession
                ? .array([.object(JSONValue.members(["token": .array([])]))]) : .array([])
        ]
        let parameters = try self.parameters(of: route, shape.input)
        if !parameters.isEmpty { members += ["parameters": .array(parameters)] }
        if route.method.takesBody { members += ["requestBody": body(of: route, shape.input)] }
        members += ["responses": .object(responses(of: route, shape.output))]
        return members
    }

    /// `deleteCourse`; the deprecated form of it is `deleteCourseByGet`, the one under a course
    /// `showMaterialOfCourse`.
    private static func operationID(_ route: Route) -> String {
        let name = "\(route.useCase)"
        let base = name.prefix(1).lowercased() + name.dropFirst()
        if route.isDeprecated { return "\(base)ByGet" }
        let isAlone = Routes.all.filter { $0.useCase == route.useCase && !$0.isDeprecated }.count == 1
        return isAlone || !route.omitting.isEmpty ? base : "\(base)OfCourse"
    }

    private static func parameters(of route: Route, _ input: WireSchema) throws -> [JSONValue] {
        let inPath = route.path.parameters
        var parameters = try inPath.map { name in
            guard let field = input.fields.first(where: { $0.name == name }) else {
                throw JSONInput.ShapeError(field: name, reason: "the use case has no such field")
            }
            return parameter(field, in: "path", isRequired: true)
        }
        if !route.method.takesBody {
            parameters += input.fields.filter {
                !inPath.contains($0.name) && !route.omitting.contains($0.name)
            }
            .map { parameter($0, in: "query", isRequired: !$0.isOptional) }
        }
        if route.effect == .writes {
            parameters.append([
                "name": "dry_run", "in": "query", "required": false, "schema": ["type": "boolean"],
                "description": "Do everything, answer what would change, then take it back.",
            ])
        }
        return parameters
    }

    private static func parameter(
        _ field: WireSchema.Field, in location: String, isRequired: Bool
    ) -> JSONValue {
        var members = JSONValue.members([
            "name": .string(field.name), "in": .string(location), "required": .boolean(isRequired),
            "schema": OpenAPISchema.request.json(field),
        ])
        let remarks = OpenAPISchema.request.remarks(field)
        if let text = remarks.text { members += ["description": .string(text)] }
        if let example = remarks.example { members += ["example": example] }
        return .object(members)
    }

    private static func body(of route: Route, _ input: WireSchema) -> JSONValue {
        let fields = input.fields.filter {
            !route.path.parameters.contains($0.name) && !route.omitting.contains($0.name)
        }
        return [
            "required": .boolean(fields.contains { !$0.isOptional }),
            "content": [
                "application/json": ["schema": OpenAPISchema.request.json(.object(fields))]
            ],
        ]
    }

    // MARK: - Answers

    private static func responses(of route: Route, _ output: WireSchema) -> [JSONValue.Member] {
        let content: JSONValue = [
            "application/json": ["schema": OpenAPISchema.answer.json(output)]
        ]
        var done = JSONValue.members([
            "description": route.creates ? "It was there already, or a dry run." : "Done.",
            "content": content,
        ])
        if output.fields.contains(where: { $0.name == "next" }) { done += ["headers": linkHeader] }
        var members = [JSONValue.Member(key: "200", value: .object(done))]
        if route.creates {
            members += [
                "201": [
                    "description": "Created.",
                    "headers": ["Location": ["required": true, "schema": ["type": "string"]]],
                    "content": content,
                ]
            ]
        }
        var codes: [LMSError.Code] = [.malformed, .notFound, .invalid, .tooLarge, .busy, .internal]
        if route.needsSession { codes.append(.notSignedIn) }
        if route.method.takesBody { codes.append(.unsupportedType) }
        if route.isDeprecated { codes.append(.denied) }
        let statuses = Set((codes + route.errors).map(ErrorStatus.of)).sorted()
        return members
            + statuses.map { status in
                JSONValue.Member(key: String(status), value: reference(status))
            }
    }

    private static let linkHeader: JSONValue = [
        "Link": [
            "description": "The address of the next page, where there is one (RFC 8288, rel=next).",
            "schema": ["type": "string"],
        ]
    ]

    private static func reference(_ status: Int) -> JSONValue {
        ["$ref": .string("#/components/responses/Problem\(status)")]
    }

    /// The answers that say what went wrong, by status.
    private static func failures() -> [JSONValue.Member] {
        let statuses = Set(LMSError.Code.allCases.map(ErrorStatus.of)).sorted()
        return statuses.map { status in
            let codes = LMSError.Code.allCases.filter { ErrorStatus.of($0) == status }.map(\.rawValue)
            var response = JSONValue.members([
                "description": .string("\(ProblemDetails.title(status)): \(codes.joined(separator: ", "))."),
                "content": [
                    ProblemDetails.contentType: [
                        "schema": ["$ref": "#/components/schemas/Problem"]
                    ]
                ],
            ])
            if let header = header(of: status) {
                response += [
                    "headers": .object([
                        JSONValue.Member(
                            key: header, value: ["required": true, "schema": ["type": "string"]])
                    ])
                ]
            }
            return JSONValue.Member(key: "Problem\(status)", value: .object(response))
        }
    }

    private static func header(of status: Int) -> String? {
        switch status {
        case 401: "WWW-Authenticate"
        case 405: "Allow"
        case 429, 503: "Retry-After"
        default: nil
        }
    }

    private static func operation(_ fixed: FixedAnswer) -> JSONValue.Member {
        var responses = JSONValue.members([
            "200": [
                "description": "Done.",
                "content": ["application/json": ["schema": ["type": "object"]]],
            ]
        ])
        if fixed.needsDatabase { responses.append(JSONValue.Member(key: "503", value: reference(503))) }
        let name = fixed.path.dropFirst().prefix { $0 != "." }
        return JSONValue.Member(
            key: fixed.path,
            value: [
                "get": [
                    "operationId": .string(String(name)), "summary": .string(fixed.summary),
                    "security": .array([]),
                    "responses": .object(responses),
                ]
            ])
    }

    private static func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }
}
