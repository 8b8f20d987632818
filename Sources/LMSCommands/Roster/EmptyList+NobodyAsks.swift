internal import LMSCore

extension EmptyList {
    static func nobodyAsks(toJoin course: CourseReference) -> EmptyList {
        EmptyList("Nobody asks to join the course '\(course)'.")
    }
}
