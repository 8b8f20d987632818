package import LMSDatabase
package import LMSText

extension Lifetime: ValueConvertible {
    package var databaseValue: Value { .integer(seconds) }

    package init?(databaseValue: Value) {
        guard case .integer(let seconds) = databaseValue else { return nil }
        self.init(seconds: seconds)
    }
}
