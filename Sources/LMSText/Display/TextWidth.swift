/// Counts the columns of a text, character after character, as terminals do: marks stand on what is before
/// them, and emoji that are joined are one.
///
/// Source: the rules of `wcswidth` of Python's wcwidth 0.7, with one difference: a joiner between letters,
/// as Jawi has it, joins no emoji, so that the letter behind it counts.
struct TextWidth {
    private var columns = 0
    /// The last character that took columns, while a mark behind it can still widen it.
    private var base: Unicode.Scalar?
    private var last: Unicode.Scalar?
    private var isAfterJoiner = false
    private var isAfterVirama = false
    /// Whether consonants were drawn into the one before, which widens it by one column, however many.
    private var hasConjunct = false
    /// Whether the first half of a flag was seen.
    private var isInFlag = false

    var total: Int { columns + (hasConjunct ? 1 : 0) }

    mutating func add(_ scalar: Unicode.Scalar) {
        let wasInFlag = isInFlag
        isInFlag = false
        if scalar.value < 0x80 { return addBase(scalar, 1) }
        switch scalar.value {
        case Self.joiner:
            isAfterJoiner = !isAfterVirama
            return
        case Self.emojiStyle where base != nil:
            if let base, base.properties.isEmoji, ScalarWidth.of(base) == 1 { columns += 1 }
            base = nil
            return
        case Self.flagLetters where wasInFlag: return
        case Self.flagLetters: isInFlag = true
        case Self.skinTones where last.map(Self.isPicture) == true: return
        default: break
        }
        if isAfterJoiner {
            isAfterJoiner = false
            if Self.isPicture(scalar) { return }
        }
        if isAfterVirama, scalar.properties.generalCategory == .otherLetter {
            (base, last, isAfterVirama, hasConjunct) = (scalar, scalar, false, true)
            return
        }
        let width = ScalarWidth.of(scalar)
        if width > 0 {
            addBase(scalar, width)
        } else if base != nil, scalar.properties.generalCategory == .spacingMark {
            // The mark stands beside its letter, not over it.
            columns += 1
            (base, isAfterVirama, hasConjunct) = (nil, false, false)
        } else {
            isAfterVirama = Self.viramas.contains(scalar.value)
        }
    }

    private mutating func addBase(_ scalar: Unicode.Scalar, _ width: Int) {
        columns = total + width
        (base, last) = (scalar, scalar)
        (isAfterJoiner, isAfterVirama, hasConjunct) = (false, false, false)
    }

    private static let joiner: UInt32 = 0x200d
    /// VARIATION SELECTOR-16: shown as a picture, which is wide.
    private static let emojiStyle: UInt32 = 0xfe0f
    private static let flagLetters: ClosedRange<UInt32> = 0x1f1e6...0x1f1ff
    private static let skinTones: ClosedRange<UInt32> = 0x1f3fb...0x1f3ff

    private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0xff && scalar.properties.isEmoji && !skinTones.contains(scalar.value)
    }

    /// The signs that draw the next consonant into the one before.
    /// Source: Unicode 17, IndicSyllabicCategory.txt, Virama.
    private static let viramas: Set<UInt32> = [
        0x94d, 0x9cd, 0xa4d, 0xacd, 0xb4d, 0xbcd, 0xc4d, 0xccd, 0xd4d, 0xdca, 0x1b44, 0xa806, 0xa8c4,
        0xa9c0, 0x11046, 0x110b9, 0x111c0, 0x11235, 0x1134d, 0x11442, 0x114c2, 0x115bf, 0x1163f, 0x116b6,
        0x11839, 0x119e0, 0x11c3f,
    ]
}
