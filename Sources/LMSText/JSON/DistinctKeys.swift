/// The keys of an object that is being read, to find one that stands twice.
///
/// Few keys are compared one by one: for a first `Set`, the runtime looks through all conformances of the program, which takes
/// longer than a short command has. Many are in a set, so that the time stays linear.
struct DistinctKeys {
    private var few: [String] = []
    private var many: Set<ExactText> = []

    private static let fewLimit = 16

    /// - Returns: Whether it was not there yet.
    mutating func insert(_ key: String) -> Bool {
        guard many.isEmpty else { return many.insert(ExactText(key)).inserted }
        guard !few.contains(where: { $0.isIdentical(to: key) }) else { return false }
        few.append(key)
        if few.count > Self.fewLimit { many = Set(few.map(ExactText.init)) }
        return true
    }
}
