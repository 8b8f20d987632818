internal import LMSCore

extension LogEntry: LoggedAct {
    var identity: String? { course }
}
