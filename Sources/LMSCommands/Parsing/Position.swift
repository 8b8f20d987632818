internal import ArgumentParser

/// A material's position, as a user writes it: digits, without a sign or a zero in front.
struct Position: ExpressibleByArgument {
    let number: Int

    init?(argument: String) {
        guard argument.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            argument == "0" || (!argument.isEmpty && !argument.hasPrefix("0"))
        else { return nil }
        // Beyond any course: the rule about positions says so.
        number = Int(argument) ?? .max
    }
}
