/// How `lms diff` ends where files and courses differ: that is no failure, and nothing more is said.
struct DifferencesFound: Error {}
