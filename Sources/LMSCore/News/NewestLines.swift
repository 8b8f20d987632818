/// The newest of all lines that are handed over, in room for no more than a page takes.
struct NewestLines {
    /// A line whose texts are read when it is clear that it is in the page, or have been.
    struct Found {
        let key: NewsKey
        let line: NewsLine?
    }

    private let window: NewsWindow
    private let limit: Int
    private var lines: [Found] = []
    /// The last line that can be in the page; `nil` while all can.
    private var last: NewsKey?

    init(_ window: NewsWindow, limit: Int) {
        self.window = window
        self.limit = limit
    }

    mutating func add(_ key: NewsKey, _ line: NewsLine? = nil) {
        guard window.includes(key), last.map({ key < $0 }) ?? true else { return }
        lines.append(Found(key: key, line: line))
        // Sorted now and then, so that a line costs little on average.
        if lines.count >= 2 * limit { cut() }
    }

    private mutating func cut() {
        lines.sort { $0.key < $1.key }
        guard lines.count >= limit else { return }
        lines.removeSubrange(limit...)
        last = lines.last?.key
    }

    /// The lines in their order, at most as many as the limit.
    mutating func inOrder() -> [Found] {
        cut()
        return lines
    }
}
