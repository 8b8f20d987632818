internal import LMSCore

extension OperatorLogEntry: LoggedAct {
    var identity: String? { course }
}
