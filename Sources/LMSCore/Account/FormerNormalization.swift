internal import Foundation

extension String {
    /// What lms up to 0.1.0 took for the text's NFC: Foundation's, which drops all but 32 of a run of some marks. Only
    /// to find passwords again that were hashed so.
    var formerlyNormalized: String {
        precomposedStringWithCanonicalMapping
    }
}
