internal import ArgumentParser

/// What every command that destroys data takes.
struct ConfirmOptions: ParsableArguments {
    @Flag(name: [.customShort("y"), .customLong("yes")], help: "Do not ask.")
    var yes = false
}
