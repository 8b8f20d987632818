/// The same numbers for the same seed, so that a failure can be seen again.
///
/// Source: the linear congruential generator of Knuth's MMIX, whose low bits are mixed with its high ones.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
