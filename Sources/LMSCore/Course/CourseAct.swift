/// What an act does to a course that it names. Whoever asks whether a principal may do it says so, so that none forgets that an
/// archived course is read-only (`Policy.requireOpen`).
enum CourseAct {
    /// Nothing.
    case read
    /// Changes it, or what is in it.
    case write
    /// Takes all of it away.
    case delete
    /// Makes it read-only, or no longer.
    case archive
    /// Makes another one of it.
    case copy

    /// Whether it may be done to an archived course.
    var isOfArchived: Bool {
        switch self {
        case .read, .delete, .archive, .copy: true
        case .write: false
        }
    }
}
