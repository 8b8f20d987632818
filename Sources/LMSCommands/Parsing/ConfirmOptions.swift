internal import LMSCommandLine

/// What every command that destroys data takes.
struct ConfirmOptions: ArgumentGroup {
    static var syntax: Syntax<Self> {
        [
            .flag("-y", "--yes", at: \.yes, "Do not ask.")
        ]
    }

    var yes = false
}
