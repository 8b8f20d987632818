@testable import LMSText

/// A file of the zone database, and a rule as `TZ` has it: what is read keeps the promise by which dates are compared.
func fuzzZone(_ input: [UInt8]) {
    let zones = [Zone("A/B", file: input), input.text.flatMap { Zone("A/B", rule: $0) }, input.text.flatMap { Zone(offset: $0) }]
    for zone in zones.compactMap(\.self) {
        // The first and the last days that there are have no others beside them.
        for second: Int64 in stride(from: -60_000_000_000, through: 250_000_000_000, by: 3_333_333_333) {
            let now = Instant(seconds: second)
            let latest = zone.latest(upTo: now)
            require(zone.local(now) <= latest, "clocks are ahead of themselves at \(now)")
            require(zone.instant(of: latest) <= now, "what clocks have shown has not come at \(now)")
            require(now < zone.instant(of: LocalTime(seconds: latest.seconds + 1)), "what is ahead has come at \(now)")
        }
        for second in [Int64.min, .max] { _ = zone.start(of: zone.today(at: Instant(seconds: second))) }
    }
}
