internal import Glibc
internal import LMSCore
internal import LMSText

/// What a path that leads to nothing has in it because a shell, an editor or a file of variables left it there.
enum PathSlip {
    case control
    case home
    case variable
    case quotes
    case blanks
    case windows

    /// - Parameter path: As a user wrote it.
    init?(in path: String) {
        let scalars = path.unicodeScalars
        guard let first = scalars.first, let last = scalars.last else { return nil }
        if scalars.contains(where: \.isInvisibleControl) {
            self = .control
        } else if ["\"", "'", "\u{201c}", "\u{201d}"].contains(first), scalars.count > 1,
            ["\"", "'", "\u{201c}", "\u{201d}"].contains(last)
        {
            self = .quotes
        } else if first.properties.isWhitespace || last.properties.isWhitespace {
            self = .blanks
        } else if first == "~", path.contains("/") || path == "~" {
            self = .home
        } else if first == "$" {
            self = .variable
        } else if path.wholeMatch(of: /[A-Za-z]:[\\\/].*/) != nil || path.hasPrefix("\\\\") {
            self = .windows
        } else {
            return nil
        }
    }

    /// Refuses a path that is not there and was hardly meant: nothing is made under such a name.
    ///
    /// - Throws: `LMSError` `usage`.
    static func refuse(_ path: String) throws {
        guard !path.isEmpty, access(path, F_OK) != 0, let slip = PathSlip(in: path) else { return }
        throw LMSError(.usage, "the path '\(path)' \(slip.words)", hint: slip.hint)
    }

    var words: String {
        switch self {
        case .control: "has a character that nobody sees, such as the return of a Windows line"
        case .home: "begins with ~, which a shell takes for the home folder only outside of quotes"
        case .variable: "begins with $: the variable was not filled in"
        case .quotes: "has quotes around it"
        case .blanks: "has a blank at its end or its beginning"
        case .windows: "is one of Windows"
        }
    }

    var hint: String {
        switch self {
        case .control: "Take it out. Save files of variables with Unix line ends (LF)."
        case .home: "Write $HOME in place of ~, or the whole path."
        case .variable: "Write the whole path, or use double quotes in a shell."
        case .quotes: "Leave the quotes out: what reads this takes them for a part of the name."
        case .blanks: "Take it out."
        case .windows: "Write it as Linux has it: C:\\school is /mnt/c/school under WSL."
        }
    }
}
