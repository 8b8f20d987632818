internal import LMSCore
internal import LMSText

/// Shapes as JSON Schema. Source: https://json-schema.org/draft/2020-12
struct OpenAPISchema {
    /// An answer may say null where a field is optional, and may one day have more fields; a request may
    /// not.
    let isAnswer: Bool
    let notes: FieldNote.Table

    static let request = OpenAPISchema(isAnswer: false, notes: FieldNote.requests)
    static let answer = OpenAPISchema(isAnswer: true, notes: FieldNote.answers)
    static let problem = OpenAPISchema(isAnswer: true, notes: FieldNote.problems)

    func json(_ schema: WireSchema) -> JSONValue {
        switch schema {
        case .text(let format, let pattern, let length, let choices):
            var members = JSONValue.members(["type": "string"])
            if let format { members += ["format": .string(format)] }
            if let pattern { members += ["pattern": .string(pattern)] }
            if let length {
                if length.lowerBound > 0 { members += ["minLength": .number("\(length.lowerBound)")] }
                members += ["maxLength": .number("\(length.upperBound)")]
            }
            if !choices.isEmpty { members += ["enum": .array(choices.map(JSONValue.string))] }
            return .object(members)
        case .integer(let range):
            var members = JSONValue.members(["type": "integer"])
            if let range {
                members += [
                    "minimum": .number("\(range.lowerBound)"), "maximum": .number("\(range.upperBound)"),
                ]
            }
            return .object(members)
        case .identifier: return ["type": "integer", "minimum": 1, "maximum": .number(String(Int64.max))]
        case .boolean: return ["type": "boolean"]
        case .array(let element): return ["type": "array", "items": json(element)]
        case .object(let fields): return object(fields)
        }
    }

    /// The shape of one field.
    func json(_ field: WireSchema.Field) -> JSONValue {
        json(notes[field.name]?.shape(of: field) ?? field.schema)
    }

    /// What is said about a field besides its shape.
    func remarks(_ field: WireSchema.Field) -> (text: String?, example: JSONValue?) {
        let note = notes[field.name]
        return (note?.text, isAnswer ? nil : note?.example ?? field.example)
    }

    private func object(_ fields: [WireSchema.Field]) -> JSONValue {
        var members = JSONValue.members([
            "type": "object",
            "properties": .object(fields.map { JSONValue.Member(key: $0.name, value: property($0)) }),
        ])
        let required = fields.filter { !$0.isOptional }.map { JSONValue.string($0.name) }
        if !required.isEmpty { members += ["required": .array(required)] }
        if !isAnswer { members += ["additionalProperties": false] }
        return .object(members)
    }

    private func property(_ field: WireSchema.Field) -> JSONValue {
        let value = json(field)
        var members =
            isAnswer && field.isOptional
            ? JSONValue.members(["anyOf": [value, ["type": "null"]]]) : value.members ?? []
        let remarks = remarks(field)
        if let text = remarks.text { members += ["description": .string(text)] }
        if let example = remarks.example { members += ["examples": [example]] }
        return .object(members)
    }
}
