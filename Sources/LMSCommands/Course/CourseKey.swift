internal import LMSCommandLine
internal import LMSCore
internal import LMSText

/// `lms course key <course>`
struct CourseKey: ServiceCommand, WritingCommand {
    static let name = "key"
    static let summary = "Show or change the key with which students join a course of yours."
    static let details = """
        A course gets a key with: lms course edit COURSE --enrollment key. Who has it joins at once with: lms course join \
        --key KEY. What you do not name stays as it is. --rotate makes a new key, with the same --expires and --uses: nobody \
        has used it yet, and it works even if the old one was disabled.
        """
    static let examples = ["lms course key BIO-101", "lms course key BIO-101 --rotate --expires 7d --uses 40"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .flag("--rotate", at: \.rotates, "Make a new key. The old one stops working."),
            .option("--expires", \.expires, value: "lifetime", "How long it works, from now on: 7d, 12h. 0d: without end."),
            .option("--uses", \.uses, value: "count", "How many students may join with it. 0: no limit."),
            .flag("--disable", at: \.disables, "Stop the key. Nobody joins with it any more; --rotate makes a new one."),
        ]
    }

    var course = CourseReference("")
    var rotates = false
    var expires: Lifetime?
    var uses: Int?
    var disables = false
    var isDryRun = false
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        guard rotates || expires != nil || uses != nil || disables else {
            let key = try await service.perform(ShowKey(course: course))
            try context.printer.record(key)
            return remark(on: key, in: context)
        }
        let changed = try await service.perform(
            ChangeKey(
                course: course, rotate: rotates ? true : nil, expires: expires, useLimit: uses, disable: disables ? true : nil))
        try context.printer.written(changed)
        remark(on: changed.record, in: context)
    }

    /// Tells what students type, or why nobody can join and what to do.
    private func remark(on key: EnrollmentKeyRecord, in context: CommandContext) {
        let next: String? =
            switch key.knownState {
            case .active: key.key.map { "Students join with: lms course join --key \($0.secret)" }
            case .asleep: "It does not work now. Use it again with: lms course edit \(course) --enrollment key"
            case .disabled: "Nobody can join with it. Make a new one with: lms course key \(course) --rotate"
            case .expired: "It has expired. Let it work again with: lms course key \(course) --expires 7d"
            case .usedUp: "It is used up. Let more students join with: lms course key \(course) --uses 0"
            case nil: nil
            }
        if let next { context.printer.remark(next) }
    }
}
