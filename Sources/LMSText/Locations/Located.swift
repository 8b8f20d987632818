/// A value that somebody wrote into a file, and its source location.
package struct Located<Value: Sendable>: Sendable {
    package var value: Value
    /// As the user named it.
    package let file: String
    package let location: TextLocation

    package init(_ value: Value, in file: String, at location: TextLocation) {
        self.value = value
        self.file = file
        self.location = location
    }
}
