/// How long was meant, where somebody wrote it in a way of their own.
enum LifetimeSlip {
    /// - Returns: `14d` for `2w`, or `30d` for `30`; `nil` where it is anybody's guess.
    static func meant(by text: String) -> String? {
        guard let parts = text.wholeMatch(of: /([0-9]{1,5}) *([A-Za-z]*)/), let count = Int(parts.1) else {
            return nil
        }
        switch parts.2.lowercased() {
        case "", "d", "day", "days", "hari": return "\(count)d"
        case "w", "week", "weeks", "minggu": return "\(count * 7)d"
        case "mo", "month", "months", "bulan": return "\(count * 30)d"
        case "y", "year", "years", "tahun": return "\(count * 365)d"
        case "h", "hour", "hours", "jam": return "\(count)h"
        case "min", "minute", "minutes", "menit": return "\(count)m"
        default: return nil
        }
    }
}
