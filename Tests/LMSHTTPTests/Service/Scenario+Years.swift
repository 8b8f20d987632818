import LMSCore
import LMSTestSupport

/// What becomes of a course when its year is over.
extension Scenario {
    static func years(_ play: Play) async throws {
        func copy(_ code: String, title: String? = nil, date: String? = nil, days: Int? = nil) -> CopyCourse {
            CopyCourse(course: "bio-101", code: CourseCode(code), title: title, releaseDate: date, shiftDays: days)
        }
        try await play.both("guru", copy("bio-102", title: "Biology II", days: 364))
        for again in [copy("bio-102"), copy("9"), copy("x", date: "2027-02-29"), copy("x", date: "2027-02-28", days: 1)] {
            try await play.step("guru", again)
        }
        try await play.step("siti", copy("x"))
        try await play.step("guru", ListMaterials(course: "bio-102"))
        try await play.both("guru", ArchiveCourse(course: "bio-102"))
        try await play.step("guru", ArchiveCourse(course: "bio-102"))
        for who in ["siti", "other"] { try await play.step(who, ArchiveCourse(course: "bio-102")) }
        try await play.step("siti", JoinCourse(course: "bio-102"))
        try await play.step("guru", EditCourse(course: "bio-102", title: "x"))
        for who in ["guru", "siti"] {
            try await play.step(who, ListCourses(archived: true))
            try await play.step(who, ListCourses(scope: .all, words: "biology"))
            try await play.step(who, ShowCourse(course: "bio-102"))
        }
        try await play.step("siti", UnarchiveCourse(course: "bio-102"))
        try await play.both("guru", UnarchiveCourse(course: "bio-102"))
        try await play.step("guru", UnarchiveCourse(course: "bio-102"))
    }
}
