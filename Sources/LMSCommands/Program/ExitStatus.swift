package import LMSCore

/// The process's exit status, from sysexits.h where it has one.
package enum ExitStatus {
    package static let success: Int32 = 0
    /// `lms diff` found differences.
    package static let different: Int32 = 1
    package static let usage: Int32 = 64
    /// 128 and SIGPIPE, as the shell counts a program whose reader went away.
    package static let brokenPipe: Int32 = 141

    package static func of(_ code: LMSError.Code) -> Int32 {
        switch code {
        case .usage: 64
        case .malformed, .invalid, .tooLarge: 65
        case .notFound: 66
        case .unavailable: 69
        case .internal, .methodNotAllowed, .unsupportedType: 70
        case .conflict: 73
        case .io: 74
        case .busy, .throttled: 75
        case .wrongPassword, .denied: 77
        case .notSignedIn: 78
        }
    }
}
