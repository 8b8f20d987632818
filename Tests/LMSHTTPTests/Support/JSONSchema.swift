import Foundation
import LMSCore
import LMSText

@testable import LMSHTTP

/// Checks values against JSON Schema: the keywords that the API's document uses, and no other.
/// Source: https://json-schema.org/draft/2020-12/json-schema-validation
struct JSONSchema {
    let value: JSONValue
    /// What `$ref` points into.
    let root: JSONValue

    private static let annotations: Set<String> = ["description", "examples", "default", "title"]

    /// What is wrong with a value; nothing where it fits.
    func problems(_ instance: JSONValue, at place: String = "$") -> [String] {
        (value.members ?? []).flatMap { problems($0.key, $0.value, instance, place) }
    }

    private func sub(_ schema: JSONValue) -> JSONSchema { JSONSchema(value: schema, root: root) }

    private func problems(
        _ keyword: String, _ rule: JSONValue, _ instance: JSONValue, _ place: String
    ) -> [String] {
        switch (keyword, rule, instance) {
        case ("$ref", .string(let pointer), _):
            guard let target = JSONPointer(pointer).find(in: root) else { return ["\(place): no \(pointer)"] }
            return sub(target).problems(instance, at: place)
        case ("type", .string(let type), _):
            return Self.isOf(type, instance) ? [] : ["\(place): \(instance) is no \(type)"]
        case ("enum", .array(let choices), _):
            return choices.contains(instance) ? [] : ["\(place): \(instance) is not one of them"]
        case ("anyOf", .array(let choices), _):
            return choices.contains { sub($0).problems(instance).isEmpty } ? [] : ["\(place): fits none"]
        case ("properties", .object(let properties), .object):
            return properties.flatMap { property in
                instance[property.key].map {
                    sub(property.value).problems($0, at: "\(place).\(property.key)")
                } ?? []
            }
        case ("required", .array(let names), .object):
            return names.compactMap { name in
                instance[name.string ?? ""] == nil ? "\(place): no \(name)" : nil
            }
        case ("additionalProperties", .boolean(false), .object(let members)):
            let known = (value["properties"]?.members ?? []).map(\.key)
            return members.filter { !known.contains($0.key) }.map { "\(place): \($0.key) is unknown" }
        case ("items", _, .array(let elements)):
            return elements.enumerated().flatMap { sub(rule).problems($1, at: "\(place)[\($0)]") }
        case ("pattern", .string(let pattern), .string(let text)):
            let fits = text.range(of: pattern, options: .regularExpression) != nil
            return fits ? [] : ["\(place): '\(text)' is not like \(pattern)"]
        case ("minimum", .number(let bound), .number(let number)):
            return (Int64(number) ?? .min) >= Int64(bound) ?? .max ? [] : ["\(place): \(number) < \(bound)"]
        case ("maximum", .number(let bound), .number(let number)):
            return (Int64(number) ?? .max) <= Int64(bound) ?? .min ? [] : ["\(place): \(number) > \(bound)"]
        case ("minLength", .number(let bound), .string(let text)):
            return text.unicodeScalars.count >= Int(bound) ?? .max ? [] : ["\(place): too short"]
        case ("maxLength", .number(let bound), .string(let text)):
            return text.unicodeScalars.count <= Int(bound) ?? 0 ? [] : ["\(place): too long"]
        case ("format", .string(let format), .string(let text)):
            return Self.hasFormat(format, text) ? [] : ["\(place): '\(text)' is no \(format)"]
        case ("properties", _, _), ("required", _, _), ("additionalProperties", _, _), ("items", _, _),
            ("pattern", _, _), ("minimum", _, _), ("maximum", _, _), ("format", _, _),
            ("minLength", _, _), ("maxLength", _, _):
            return []
        default:
            return Self.annotations.contains(keyword) ? [] : ["\(place): keyword \(keyword) is not checked"]
        }
    }

    private static func isOf(_ type: String, _ instance: JSONValue) -> Bool {
        switch (type, instance) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .boolean),
            ("null", .null):
            true
        case ("integer", .number(let text)): Int64(text) != nil
        default: false
        }
    }

    private static func hasFormat(_ format: String, _ text: String) -> Bool {
        switch format {
        case "date": text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil
        case "date-time": text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil
        case "password": true
        default: false
        }
    }
}

/// `#/components/schemas/Problem`. Source: RFC 6901.
struct JSONPointer {
    let text: String

    init(_ text: String) { self.text = text }

    func find(in document: JSONValue) -> JSONValue? {
        guard text.hasPrefix("#/") else { return nil }
        return text.dropFirst(2).split(separator: "/").reduce(document as JSONValue?) { value, step in
            value?[String(step).replacing("~1", with: "/").replacing("~0", with: "~")]
        }
    }
}
