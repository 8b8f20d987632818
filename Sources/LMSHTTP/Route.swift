internal import LMSCore
internal import LMSText

/// One way to reach a use case over HTTP.
struct Route: Sendable {
    enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case patch = "PATCH"
        case delete = "DELETE"

        /// Where the fields travel that are not in the path.
        var takesBody: Bool { self == .post || self == .patch }
    }

    /// What a route does to the database: what it takes and how it is checked depend on it.
    enum Effect: Sendable {
        case reads
        /// Takes `?dry_run=true`.
        case writes
        /// Changes who is signed in; has no dry run.
        case signs
    }

    /// How long answering may take.
    ///
    /// An event loop must not wait for 64 MiB of YAML, nor for a search whose words somebody picked to be slow. What may take
    /// long has threads of its own, and ends with its deadline and with its client.
    enum Pace: Sendable {
        /// A moment, unless body or answer are large, or there are words to search for: the work is done on the event
        /// loop, where other requests wait.
        case quick
        /// As long as large files take.
        case files
    }

    let method: Method
    let path: PathTemplate
    let summary: String
    let effect: Effect
    /// Whether somebody must be signed in.
    let needsSession: Bool
    /// How large a body may be, in bytes.
    let bodyLimit: Int
    let pace: Pace
    /// Whether the route is there for the original design's sake, and another one is to be used.
    let isDeprecated: Bool
    let useCase: any UseCase.Type
    /// Fields of the use case that this route does not have.
    let omitting: Set<String>
    /// Whether the answer can be 201.
    let creates: Bool
    let errors: [LMSError.Code]
    private let describe: @Sendable () throws -> (input: WireSchema, output: WireSchema)
    private let act: @Sendable (JSONValue, LocalService, Bool) async throws -> Answer

    /// What is sent back.
    struct Answer: Sendable {
        var isCreated = false
        /// The address of a created thing.
        var location: String?
        /// The cursor of the next page.
        var next: String?
        let body: [UInt8]
    }

    /// The shapes of the use case and of its answer.
    func shape() throws -> (input: WireSchema, output: WireSchema) { try describe() }

    /// - Parameters:
    ///   - fields: The use case's fields, as an object.
    ///   - isText: Whether numbers are written as text.
    /// - Throws: `JSONInput.ShapeError` or `LMSError`.
    func perform(_ fields: JSONValue, isText: Bool, on service: LocalService) async throws -> Answer {
        try await act(fields, service, isText)
    }
}

// MARK: - Making routes

extension Route {
    /// Traits that most routes have.
    struct Traits {
        var effect: Effect?
        var isOpenToAll = false
        var bodyLimit = BodyLimit.small
        var pace = Pace.quick
        var isDeprecated = false
        var omitting: Set<String> = []
        var errors: [LMSError.Code] = []
    }

    enum BodyLimit {
        static let signIn = 16 << 10
        static let small = 64 << 10
        static let texts = 8 << 20
        static let files = CourseFile.limit
    }

    private init<U: UseCase>(
        _ method: Method, _ path: String, _ useCase: U.Type, _ summary: String, _ traits: Traits,
        creates: Bool, answer: @escaping @Sendable (U.Output) throws -> Answer
    ) {
        self.method = method
        self.path = PathTemplate(path)
        self.summary = summary
        effect = traits.effect ?? (method == .get && !traits.isDeprecated ? .reads : .writes)
        needsSession = !traits.isOpenToAll
        bodyLimit = traits.bodyLimit
        pace = traits.pace
        isDeprecated = traits.isDeprecated
        self.useCase = useCase
        omitting = traits.omitting
        self.creates = creates
        errors = traits.errors
        describe = { (try WireSchema.of(U.self), try WireSchema.of(U.Output.self)) }
        act = { fields, service, isText in
            let useCase = try JSONInput.value(U.self, from: fields, .request, isText: isText)
            return try answer(await service.perform(useCase))
        }
    }

    /// A route that answers a value.
    static func answering<U: UseCase>(
        _ method: Method, _ path: String, _ useCase: U.Type, _ summary: String, _ traits: Traits = Traits()
    ) -> Route {
        Route(method, path, useCase, summary, traits, creates: false) { output in
            Answer(body: try JSONOutput.bytes(output))
        }
    }

    /// A route that answers a part of a list.
    static func listing<U: UseCase, Item>(
        _ path: String, _ useCase: U.Type, _ summary: String, _ traits: Traits = Traits()
    ) -> Route where U.Output == Page<Item> {
        Route(.get, path, useCase, summary, traits, creates: false) { page in
            Answer(next: page.next?.text, body: try JSONOutput.bytes(page))
        }
    }

    /// A route that may create something.
    ///
    /// - Parameter location: The address of the new thing.
    static func creating<U: UseCase, Record>(
        _ path: String, _ useCase: U.Type, _ summary: String, _ traits: Traits = Traits(),
        at location: @escaping @Sendable (Record) -> String?
    ) -> Route where U.Output == Written<Record> {
        Route(.post, path, useCase, summary, traits, creates: true) { written in
            let isCreated = written.outcome == .created && !written.isDryRun
            return Answer(
                isCreated: isCreated, location: isCreated ? location(written.record) : nil,
                body: try JSONOutput.bytes(written))
        }
    }
}
