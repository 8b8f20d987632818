internal import LMSCore
internal import Synchronization

/// The pages of one list that a server has sent: a list of a stranger's must have an end.
final class PaginationGuard: Sendable {
    private struct State {
        var asked: Set<String> = []
        var pages = 0
        var shortPages = 0
    }

    private let state = Mutex(State())

    /// Far beyond any school: 500 rows a page.
    private static let pageLimit = 200_000
    /// A page with fewer rows than were asked for is one of long texts: a list has few of them.
    private static let shortPageLimit = 1000
    /// Ours are far shorter, in bytes.
    private static let cursorLimit = 255

    /// Notes a page that was asked for. One without a beginning begins a list.
    ///
    /// - Returns: Whether the list can go on so, or is over.
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

/// A page of whatever.
protocol AnyPage {
    var count: Int { get }
    var next: Cursor? { get }
}

extension Page: AnyPage {
    var count: Int { items.count }
}
