internal import LMSCore

/// Shapes as JSON Schema. Source: https://json-schema.org/draft/2020-12
enum OpenAPISchema {
    /// - Parameter isAnswer: An answer may say null where a field is optional, and may one day have more
    ///   fields; a request may not.
    static func json(_ schema: WireSchema, isAnswer: Bool) -> JSONValue {
        switch schema {
        case .text(let format, let pattern, let choices):
            var members = JSONValue.members(["type": "string"])
            if let format { members += ["format": .string(format)] }
            if let pattern { members += ["pattern": .string(pattern)] }
            if !choices.isEmpty { members += ["enum": .array(choices.map(JSONValue.string))] }
            return .object(members)
        case .integer: return ["type": "integer"]
        case .identifier: return ["type": "integer", "minimum": 1, "maximum": .number(String(Int64.max))]
        case .boolean: return ["type": "boolean"]
        case .array(let element): return ["type": "array", "items": json(element, isAnswer: isAnswer)]
        case .object(let fields): return object(fields, isAnswer: isAnswer)
        }
    }

    private static func object(_ fields: [WireSchema.Field], isAnswer: Bool) -> JSONValue {
        let properties = fields.map { field in
            let value = json(field.schema, isAnswer: isAnswer)
            return JSONValue.Member(
                key: field.name,
                value: isAnswer && field.isOptional ? ["anyOf": [value, ["type": "null"]]] : value)
        }
        var members = JSONValue.members(["type": "object", "properties": .object(properties)])
        let required = fields.filter { !$0.isOptional }.map { JSONValue.string($0.name) }
        if !required.isEmpty { members += ["required": .array(required)] }
        if !isAnswer { members += ["additionalProperties": false] }
        return .object(members)
    }
}
