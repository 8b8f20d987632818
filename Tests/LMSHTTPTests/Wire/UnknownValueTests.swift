import LMSCore
import LMSText
import Testing

@testable import LMSHTTP

/// Values of enumerations that only a newer server knows.
@Suite struct UnknownValueTests {
    private func answered<T: Decodable>(_ type: T.Type, _ json: String) throws -> T {
        try JSONInput.value(type, from: try JSONValue(Array(json.utf8)), .response)
    }

    @Test func `a client keeps the words of a newer server as they are`() throws {
        let course = try answered(
            Written<Course>.self,
            """
            {"id":1,"code":"bio","title":"Biology","teacher":"ani","release_date":"2027-01-11","enrollment":"lottery",\
            "students":0,"status":"invited","teacher_id":1,"description":null,"role":"assistant","outcome":"restored"}
            """)
        #expect(course.record.enrollment == .other("lottery") && course.record.enrollment != .key)
        #expect(course.record.status == .other("invited") && course.record.role == .other("assistant"))
        #expect(course.outcome == .other("restored") && course.outcome.known == nil)
        let written = try JSONOutput.value(course).members ?? []
        for word in ["lottery", "invited", "assistant", "restored"] {
            #expect(written.contains { $0.value.string == word }, "\(word)")
        }
    }

    @Test func `of people, rosters, hits and plans too`() throws {
        let account = #"{"username":"ani","role":"principal","expires_at":"2027-01-11T00:00:00Z"}"#
        #expect(try answered(SignedInAccount.self, account).role == .other("principal"))
        let profile = #"{"username":"ani","role":"principal","name":null,"number":null}"#
        #expect(try answered(Profile.self, profile).role == .other("principal"))
        #expect(try answered(User.self, #"{"id":1,"username":"ani","role":"principal"}"#).role == .other("principal"))
        let student = #"{"username":"siti","status":"invited","date_entry":"2027-01-11T00:00:00Z"}"#
        #expect(try answered(RosterEntry.self, student).status == .other("invited"))
        let teacher = #"{"username":"budi","role":"assistant","added_at":null}"#
        #expect(try answered(CourseTeacher.self, teacher).role == .other("assistant"))
        let hit = #"{"kind":"file","id":1,"course":1,"title":"a","snippet":null,"course_code":null}"#
        #expect(try answered(SearchHit.self, hit).kind == .other("file"))
        let change = #"{"kind":"file","course":"bio","subject":"a","fields":[]}"#
        #expect(try answered(CourseChange.self, change).kind == .other("file"))
    }

    @Test func `what somebody gives is one of the words that there are`() throws {
        #expect(throws: JSONInput.ShapeError.self) {
            try JSONInput.value(
                CreateCourse.self, from: try JSONValue(Array(#"{"title":"a","enrollment":"lottery"}"#.utf8)), .request)
        }
    }
}
