/// What an argument or an option's value is read as.
package protocol ArgumentValue: Sendable {
    /// - Returns: `nil` for a word that cannot be read.
    init?(argument: String)

    /// The values that there are; empty where any is taken.
    static var allValues: [String] { get }
}

extension ArgumentValue {
    package static var allValues: [String] { [] }
}

extension ArgumentValue where Self: RawRepresentable<String> {
    package init?(argument: String) { self.init(rawValue: argument) }
}

extension ArgumentValue where Self: RawRepresentable<String> & CaseIterable {
    package static var allValues: [String] { allCases.map(\.rawValue) }
}

extension String: ArgumentValue {
    package init?(argument: String) { self = argument }
}

extension Int: ArgumentValue {
    package init?(argument: String) { self.init(argument) }
}
