package import LMSText

// JSON written down in Swift's own literals.

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(integerLiteral value: Int) { self = .number(String(value)) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member(key: $0.0, value: $0.1) })
    }
}

extension JSONValue {
    /// Members in their order.
    static func members(_ pairs: KeyValuePairs<String, JSONValue>) -> [Member] {
        pairs.map { Member(key: $0.key, value: $0.value) }
    }
}

func += (members: inout [JSONValue.Member], pairs: KeyValuePairs<String, JSONValue>) {
    members += JSONValue.members(pairs)
}
