internal import CUTF8Proc

/// Texts are normalised by utf8proc, not by Foundation, whose NFC drops all but 32 of a run of U+0344, and makes `À` of U+10041
/// and a grave accent. The forms of all single characters, and so the folding of the search, are the same in both (a test
/// compares them over Unicode): no index was rebuilt.
extension String {
    /// Unicode's canonical composition (NFC), so that one spelling is stored one way. No character is lost, however
    /// many marks stand on a letter. Takes four bytes and more for each scalar: for texts whose length was looked at.
    package var normalized: String {
        // What stands before U+0300, the first combining mark, is composed already. The mark begins with this byte, and what
        // stands behind it with this one or a higher one.
        guard utf8.contains(where: { $0 >= 0xcc }) else { return self }
        var scalars: [Int32] = []
        scalars.reserveCapacity(unicodeScalars.count + 16)
        for scalar in unicodeScalars { scalar.decompose(into: &scalars) }
        sortMarks(&scalars)
        let count = utf8proc_normalize_utf32(
            &scalars, scalars.count, utf8proc_option_t(UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue))
        return scalars.prefix(Swift.max(0, count)).reduce(into: "") { text, number in
            if let scalar = Unicode.Scalar(UInt32(bitPattern: number)) { text.unicodeScalars.append(scalar) }
        }
    }
}

extension Unicode.Scalar {
    /// The scalar's compatibility decomposition (NFKD): the letters and marks that it is made of.
    package var compatibilityDecomposition: [Unicode.Scalar] {
        var parts: [Int32] = []
        decompose(into: &parts, compatibly: true)
        sortMarks(&parts)
        return parts.compactMap { Unicode.Scalar(UInt32(bitPattern: $0)) }
    }

    /// Appends the canonical decomposition of the scalar, or the compatibility one.
    func decompose(into scalars: inout [Int32], compatibly: Bool = false) {
        guard !isASCII else { return scalars.append(Int32(value)) }
        let options =
            UTF8PROC_STABLE.rawValue | UTF8PROC_DECOMPOSE.rawValue
            | (compatibly ? UTF8PROC_COMPAT.rawValue : 0)
        // On the stack: an array for each scalar takes longer than all the rest.
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: longestDecomposition) { parts in
            var boundary: Int32 = 0
            let count = utf8proc_decompose_char(
                Int32(value), parts.baseAddress, parts.count, utf8proc_option_t(options), &boundary)
            guard (1...parts.count).contains(count) else { return scalars.append(Int32(value)) }
            scalars += parts.prefix(count)
        }
    }
}

/// How many scalars one is made of at most: 18, in U+FDFA. Source: UAX #15, 9.
private let longestDecomposition = 18

/// Brings the marks on each letter into their canonical order; those of one class stay as they are.
///
/// utf8proc's own way takes a time that grows with the square of a run of marks.
func sortMarks(_ scalars: inout [Int32]) {
    var start = 0
    while start < scalars.count {
        guard combiningClass(scalars[start]) != 0 else {
            start += 1
            continue
        }
        var end = start + 1
        while end < scalars.count, combiningClass(scalars[end]) != 0 { end += 1 }
        if end - start > 1 {
            let sorted = scalars[start..<end].enumerated().sorted {
                (combiningClass($0.element), $0.offset) < (combiningClass($1.element), $1.offset)
            }
            scalars.replaceSubrange(start..<end, with: sorted.map(\.element))
        }
        start = end
    }
}

func combiningClass(_ scalar: Int32) -> Int16 {
    utf8proc_get_property(scalar).pointee.combining_class
}
