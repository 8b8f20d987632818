/// One course as a file wants it. What is not said stays as it is.
struct CourseDocument: Sendable {
    /// Which course is meant.
    let code: Placed<CourseCode>
    var title: String?
    /// Empty where the course is to have none.
    var description: String?
    var releaseDate: CalendarDate?
    var enrollment: EnrollmentPolicy?
    var students: [Placed<Username>]?
    /// In their order.
    var materials: [MaterialDocument]?
}

/// One material as a file wants it.
struct MaterialDocument: Sendable {
    /// Which material is meant.
    var title: Placed<String>
    /// What is stored of the title's key. It takes longer than all else about a material, so it is made while nobody
    /// waits.
    let titleKey: String?
    var text: String?
}

/// Something that a file says, and where.
struct Placed<Value: Sendable>: Sendable {
    var value: Value
    let file: String
    /// From 1.
    let line: Int
    /// In Unicode scalars, from 1.
    let column: Int
}

extension FileProblems {
    mutating func add<Value>(
        _ message: String, at placed: Placed<Value>, _ code: LMSError.Code = .invalid, hint: String? = nil
    ) {
        add(
            FileProblem(file: placed.file, line: placed.line, column: placed.column, message: message), code,
            hint: hint)
    }

    /// Performs `check`; where it finds fault with what is said there, notes that.
    mutating func noting<Value, T>(_ placed: Placed<Value>, _ check: () throws -> T) throws -> T? {
        try noting(placed.file, placed.line, placed.column, check)
    }
}
