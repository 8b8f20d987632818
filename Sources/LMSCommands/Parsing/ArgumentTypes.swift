internal import LMSCommandLine
internal import LMSCore
internal import LMSText

// Types of the core that stand on command lines: each by its own reading of what a user wrote, or by its raw value.

extension CourseReference: ArgumentValue {
    package init?(argument: String) { self.init(argument) }
}

extension MaterialReference: ArgumentValue {
    package init?(argument: String) { self.init(argument) }
}

extension TrashReference: ArgumentValue {
    package init?(argument: String) { self.init(argument) }
}

extension SessionReference: ArgumentValue {
    package init?(argument: String) { self.init(argument) }
}

extension Username: ArgumentValue {
    package init?(argument: String) { self.init(argument) }
}

extension PersonName: ArgumentValue {
    package init?(argument: String) { self.init(argument) }
}

extension PersonNumber: ArgumentValue {
    package init?(argument: String) { self.init(argument) }
}

extension CourseCode: ArgumentValue {
    package init?(argument: String) { self.init(argument) }
}

extension EnrollmentKey: ArgumentValue {
    package init?(argument: String) { self.init(argument) }
}

extension Lifetime: ArgumentValue {
    package init?(argument: String) { self.init(argument) }
}

extension Role: ArgumentValue {}
extension EnrollmentPolicy: ArgumentValue {}
extension EnrollmentStatus: ArgumentValue {}
extension ConflictPolicy: ArgumentValue {}
extension IfExists: ArgumentValue {}
