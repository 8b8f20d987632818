// The least that Hummingbird can do: what `lms serve` is compared to.
import Foundation
import Hummingbird
import Logging

var logger = Logger(label: "hello")
logger.logLevel = .critical

let router = Router()
router.get("/") { _, _ in "Hello, world!" }

let application = Application(
    router: router,
    configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
    onServerRunning: { channel in
        let line = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)\n"
        FileHandle.standardOutput.write(Data(line.utf8))
    },
    logger: logger)
try await application.runService()
