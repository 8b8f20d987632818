/// What `lms --version` prints.
enum Version {
    static let text = "lms 0.1.0"
}
