/// What somebody at a terminal is told of a list that has nothing in it.
struct EmptyList: Sendable {
    /// What was looked at.
    let sentence: String
    /// What to do next.
    let next: String?

    init(_ sentence: String, next: String? = nil) {
        self.sentence = sentence
        self.next = next
    }
}
