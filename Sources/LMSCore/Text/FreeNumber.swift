/// Finds a number for a name that is taken: `bio-2`, `Week 1 (3)`.
enum FreeNumber {
    /// The highest number that is tried. It has nine digits, for which a course code keeps room.
    private static let limit = 1 << 29

    /// A free one of 1, 2, 3 …: the next one where none was given up in between. Looks at few of them even where
    /// thousands are taken.
    ///
    /// The number is found by doubling and halving: with `x`, `x (2)` … `x (49000)` taken, some thirty look-ups find the next
    /// one. Where numbers were given up in between, it may be another free one than the first.
    ///
    /// - Returns: `nil` where somebody took them in a way that none is found.
    static func find(isTaken: (Int) throws -> Bool) throws -> Int? {
        var taken = 0
        var free = 1
        while try isTaken(free) {
            taken = free
            free *= 2
            guard free <= limit else { return nil }
        }
        while free - taken > 1 {
            let middle = (taken + free) / 2
            if try isTaken(middle) { taken = middle } else { free = middle }
        }
        return free
    }
}
