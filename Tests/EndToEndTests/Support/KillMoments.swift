/// Moments at which a program is killed, so that some die before their act is done and some behind it, however fast
/// the machine is meanwhile.
struct KillMoments {
    /// How long the program takes, as far as is known, in seconds.
    private var usual: Double
    private var random: SeededRandom
    private(set) var killed = 0
    private(set) var done = 0

    /// Whether enough died and enough were done to tell what dying does.
    var isEnough: Bool { killed > 10 && done > 2 }

    init(usual: Double, seed: UInt64) {
        self.usual = usual
        random = SeededRandom(seed: seed)
    }

    /// Seconds after its start at which the next program ends, if it has not ended by then.
    mutating func next() -> Double { Double.random(in: 0...usual * 1.4, using: &random) }

    /// Who dies before the act is done may have had too little time: the next ones have a little more.
    mutating func note(_ end: Outcome, isDone: Bool) {
        if end.signal != nil { killed += 1 }
        if isDone {
            done += 1
            usual = 0.7 * usual + 0.3 * end.duration
        } else {
            usual *= 1.05
        }
    }
}
