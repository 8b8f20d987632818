internal import LMSCore
internal import LMSText

/// Sizes as people read them.
enum ByteCount {
    private static let units = ["KiB", "MiB", "GiB", "TiB"]

    /// `512 bytes`, `96.0 KiB`, `1.5 MiB`: a digit behind the point, rounded down.
    static func text(_ count: Int64) -> String {
        guard count >= 1024 else { return counted(Int(count), "byte") }
        var tenths = count / 1024 * 10 + count % 1024 * 10 / 1024
        var unit = 0
        while tenths >= 10_240, unit < units.count - 1 {
            tenths /= 1024
            unit += 1
        }
        return "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
