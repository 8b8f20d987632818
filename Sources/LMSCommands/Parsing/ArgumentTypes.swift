internal import ArgumentParser
internal import LMSCore
internal import LMSText

// Values of the core as arguments: each reads what a user wrote as it does everywhere, or as one of its words.

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
