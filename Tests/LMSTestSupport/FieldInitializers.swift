package import LMSCore

// Tests name the fields that they mean, one by one.

extension CreateCourse {
    package init(
        title: String, code: CourseCode? = nil, description: String? = nil, releaseDate: String? = nil,
        enrollment: EnrollmentPolicy? = nil, ifNotExists: Bool? = nil
    ) {
        self.init(
            CourseFields(
                title: title, code: code, description: description, releaseDate: releaseDate,
                enrollment: enrollment),
            ifNotExists: ifNotExists)
    }
}

extension EditCourse {
    package init(
        course: CourseReference, title: String? = nil, code: CourseCode? = nil, description: String? = nil,
        releaseDate: String? = nil, enrollment: EnrollmentPolicy? = nil
    ) {
        self.init(
            course: course,
            CourseFields(
                title: title, code: code, description: description, releaseDate: releaseDate,
                enrollment: enrollment))
    }
}

extension AddMaterial {
    package init(course: CourseReference, title: String? = nil, description: String) {
        self.init(course: course, MaterialFields(title: title, description: description))
    }
}

extension EditMaterial {
    package init(
        material: MaterialReference, course: CourseReference? = nil, title: String? = nil,
        description: String? = nil, position: Int? = nil
    ) {
        self.init(
            material: material, course: course,
            MaterialFields(title: title, description: description, position: position))
    }
}
