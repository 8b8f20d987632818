internal import LMSDatabase

/// What a write transaction is handed to its body as: a `Transaction`, or the `Context` of somebody who is signed in.
protocol TransactionScope {
    var connection: any Connection { get }
}

extension Transaction: TransactionScope {}

extension Context: TransactionScope {
    var connection: any Connection { transaction.connection }
}
