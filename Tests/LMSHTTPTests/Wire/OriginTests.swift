import LMSCore
import Testing

@testable import LMSHTTP

@Suite struct OriginTests {
    @Test(
        arguments: [
            ("https://lms.school.id", "https://lms.school.id"),
            ("HTTPS://LMS.School.ID:443/", "https://lms.school.id"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("http://[::1]:80", "http://[::1]"),
        ])
    func `one spelling`(_ text: String, _ origin: String) throws {
        #expect(try Origin(text).description == origin)
    }

    @Test(
        arguments: [
            "lms.school.id", "ftp://lms.school.id", "https://", "https://a b", "https://a/b",
            "https://a?b", "https://a#b", "https://a@b", "http://127.0.0.1:8080@evil.example",
            "https://a:0", "https://a:65536", "https://a:08", "https://a:", "https://[::1", "https://[x]",
            "https://a\\b", "https://ä.id", "https://a\u{0}", "https://a:80:81", "https://[::1]8",
        ])
    func `nothing else`(_ text: String) {
        let error = #expect(throws: LMSError.self) { try Origin(text) }
        #expect(error?.code == .usage)
    }

    @Test(
        arguments: [
            ("http://localhost", true), ("http://127.8.8.8", true), ("http://[::1]", true),
            ("https://lms.school.id", true), ("http://lms.school.id", false), ("http://10.0.0.1", false),
            ("http://localhost.evil.example", false), ("http://127.0.0.1.evil.example", false),
        ])
    func `what nobody overhears`(_ text: String, _ isPrivate: Bool) throws {
        #expect(try Origin(text).isPrivate == isPrivate)
    }
}
