internal import LMSCore

/// Why output ended early.
enum OutputFailure: Error {
    /// The reader has seen enough, as `head` does.
    case readerLeft
    case failed(LMSError)

    /// What went wrong; `nil` where the reader left.
    var reason: LMSError? {
        if case .failed(let error) = self { error } else { nil }
    }

    /// The same failure, said of a command whose change was committed before it.
    var afterCommit: OutputFailure {
        switch self {
        case .readerLeft: .readerLeft
        case .failed(let error):
            .failed(error.reworded("the change was made, but \(error.message)", hint: error.hint))
        }
    }
}
