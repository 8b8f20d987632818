internal import LMSCore
internal import LMSText

extension String {
    /// The value without white space, characters that nobody sees, and one pair of quotes around it.
    var withoutWrapping: String {
        let plain = Self.trimmed(unicodeScalars[...])
        guard let first = plain.first, plain.count > 1, first == plain.last, first == "\"" || first == "'"
        else {
            return String(plain)
        }
        return String(Self.trimmed(plain.dropFirst().dropLast()))
    }

    private static func trimmed(_ scalars: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
        func isNothing(_ scalar: Unicode.Scalar) -> Bool {
            scalar.isBlank || scalar.isInvisible || scalar.isInvisibleControl
        }
        var rest = scalars.drop(while: isNothing)
        while let last = rest.last, isNothing(last) { rest = rest.dropLast() }
        return rest
    }
}
