internal import CUTF8Proc

extension String {
    /// What lms up to 0.1.0 took for the text's NFC. Only to find passwords again that were hashed so.
    ///
    /// It was Foundation's, and each step here is one of its. It differs from Unicode's form in that
    /// - of a letter and its marks, only the first 64 scalars have room for a mark that is made of others (U+0344);
    /// - a letter beyond U+FFFF is composed with a mark as if it were the one of its last 16 bits: U+10041 and a grave accent
    ///   become `À`;
    /// - a Hangul syllable takes no further final, and one more initial, vowel and final are taken for a part of a syllable.
    ///
    /// Source: CFStringNormalize in CFString.c of swift-corelibs-foundation 6.3.
    package var formerlyNormalized: String {
        let scalars = unicodeScalars.map { Int32($0.value) }
        var form: [Int32] = []
        var next = 0
        while next < scalars.count {
            let first = scalars[next]
            var cluster: [Int32]
            if combiningClass(first) != 0 {
                cluster = form.popLast().map { [$0] } ?? []
            } else {
                next += 1
                guard let parts = formerParts(first) else {
                    form.append(formerlyComposed(first, scalars, &next))
                    continue
                }
                cluster = parts
            }
            while next < scalars.count, combiningClass(scalars[next]) != 0 {
                if let parts = formerParts(scalars[next]) {
                    if cluster.count + parts.count <= 64 { cluster += parts }
                } else {
                    cluster.append(scalars[next])
                }
                next += 1
            }
            sortMarks(&cluster)
            form += formerlyComposed(cluster)
        }
        // A syllable of one of the further initials can be half a surrogate pair, which became the sign for broken characters.
        return form.reduce(into: "") { $0.unicodeScalars.append(Unicode.Scalar(UInt32($1)) ?? "\u{fffd}") }
    }
}

/// The canonical decomposition; `nil` for a scalar that has none, and for a Hangul syllable.
private func formerParts(_ scalar: Int32) -> [Int32]? {
    guard !(0xac00...0xd7a3).contains(scalar), let character = Unicode.Scalar(UInt32(scalar)) else { return nil }
    var parts: [Int32] = []
    character.decompose(into: &parts)
    return parts == [scalar] ? nil : parts
}

/// A scalar that is no mark, with what stands behind it and makes one character of both: the letters of a Hangul syllable,
/// or vowel signs, which are no marks.
private func formerlyComposed(_ first: Int32, _ scalars: [Int32], _ next: inout Int) -> Int32 {
    /// How far the next scalar is behind `start`, which takes it.
    func take(_ start: Int32, upTo count: Int32) -> Int32? {
        guard next < scalars.count, (start...start + count).contains(scalars[next]) else { return nil }
        defer { next += 1 }
        return scalars[next] - start
    }
    if (0x1100...0x1113).contains(first) {
        guard let vowel = take(0x1161, upTo: 21) else { return first }
        return 0xac00 + ((first - 0x1100) * 21 + vowel) * 28 + (take(0x11a7, upTo: 28) ?? 0)
    }
    var letter = first
    while next < scalars.count, combiningClass(scalars[next]) == 0,
        let composed = formerPair(letter, scalars[next])
    {
        letter = composed
        next += 1
    }
    return letter
}

/// A letter and its marks, composed.
private func formerlyComposed(_ cluster: [Int32]) -> [Int32] {
    guard var letter = cluster.first else { return [] }
    var marks: [Int32] = []
    var lastClass: Int16 = 0
    for mark in cluster.dropFirst() {
        let markClass = combiningClass(mark)
        if lastClass == 0 || markClass > lastClass {
            if let composed = formerPair(letter, mark) {
                letter = composed
                continue
            }
            lastClass = markClass
        }
        marks.append(mark)
    }
    return [letter] + marks
}

/// What a letter and a mark become; `nil` where they stay two.
private func formerPair(_ letter: Int32, _ mark: Int32) -> Int32? {
    // The vowels and finals of Hangul.
    guard !(0x1161...0x11c2).contains(mark) else { return nil }
    var pair = [mark > 0xffff ? letter : letter & 0xffff, mark]
    let count = utf8proc_normalize_utf32(
        &pair, pair.count, utf8proc_option_t(UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue))
    return count == 1 ? pair[0] : nil
}
