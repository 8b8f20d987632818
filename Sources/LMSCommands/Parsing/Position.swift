internal import LMSCommandLine

/// A material's position, as a user writes it: digits, without a sign or a zero in front.
struct Position: ArgumentValue {
    let number: Int

    init?(argument: String) {
        guard argument.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            argument == "0" || (!argument.isEmpty && !argument.hasPrefix("0"))
        else { return nil }
        // A number that is too large for `Int` is beyond any course too, and is refused by the rule about positions.
        number = Int(argument) ?? .max
    }
}
