internal import ArgumentParser
internal import LMSCore
internal import LMSText

// Types of the core that ArgumentParser reads: each by its own reading of what a user wrote, or by its raw value.

extension CourseReference: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension MaterialReference: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension SessionReference: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension Username: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension CourseCode: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension Lifetime: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension Role: ExpressibleByArgument {}
extension EnrollmentPolicy: ExpressibleByArgument {}
extension EnrollmentStatus: ExpressibleByArgument {}
extension ConflictPolicy: ExpressibleByArgument {}
