internal import ArgumentParser
internal import LMSCore

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
