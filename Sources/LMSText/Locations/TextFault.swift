/// What is wrong at a location of a text.
package struct TextFault: Error, Sendable, Equatable {
    package let location: TextLocation
    package let message: String
    /// What to do about it.
    package let hint: String?

    package init(at location: TextLocation, _ message: String, hint: String? = nil) {
        self.location = location
        self.message = message
        self.hint = hint
    }
}
