internal import Synchronization

/// The names of a result's columns, which all its rows share. No two are alike: it would be left to chance which is read.
final class RowColumns: Sendable {
    let names: [String]
    /// Where the next look-up begins: rows are read in one order, which is about that of their columns. From the first column on,
    /// each look-up would pass by half of them.
    private let next = Atomic<Int>(0)

    init(_ names: [String]) {
        self.names = names
    }

    func position(of name: String) -> Int? {
        var position = next.load(ordering: .relaxed)
        for _ in names.indices {
            let following = position + 1 == names.count ? 0 : position + 1
            if names[position] == name {
                next.store(following, ordering: .relaxed)
                return position
            }
            position = following
        }
        return nil
    }
}
