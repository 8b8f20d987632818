internal import LMSCore
internal import Synchronization

/// Follows the pages of a list that a server sends, so that the list has an end, whoever runs the server.
final class PaginationGuard: Sendable {
    private struct State {
        var asked: Set<String> = []
        var pages = 0
        var shortPages = 0
    }

    private let state = Mutex(State())

    /// How many pages a list may have: far more than any school's.
    private static let pageLimit = 200_000
    /// How many pages may have fewer rows than were asked for. Long texts make a page short, and a list has few of these.
    private static let shortPageLimit = 1000
    /// How long a cursor may be, in bytes; ours are far shorter.
    private static let cursorLimit = 255

    /// Notes a page that has come. Without `after`, it is the first of a list. A page that goes on has rows, as many as were
    /// asked for at most, and its `next` was not asked for before. Short pages are counted, and so are all.
    ///
    /// - Returns: `false` where a list of ours would not go on so.
    func add(_ page: any AnyPage, after: String?, limit: Int) -> Bool {
        state.withLock { state in
            if let after { state.asked.insert(after) } else { state = State() }
            guard page.count <= limit else { return false }
            guard let next = page.next?.text else { return true }
            state.pages += 1
            if page.count < limit { state.shortPages += 1 }
            return page.count > 0 && next.utf8.count <= Self.cursorLimit && !state.asked.contains(next)
                && state.pages <= Self.pageLimit && state.shortPages <= Self.shortPageLimit
        }
    }
}

/// A page, whatever its rows are.
protocol AnyPage {
    var count: Int { get }
    var next: Cursor? { get }
}

extension Page: AnyPage {
    var count: Int { items.count }
}
