import Foundation
import LMSTestSupport
import Testing

extension ProgramScene {
    /// Makes a CA and, signed by it, a server's certificate with its key.
    ///
    /// - Parameters:
    ///   - name: What the certificate is for, as openssl writes it: `DNS:localhost`.
    ///   - folder: Where the files go, below the scene's own.
    /// - Returns: The paths of the files.
    func certificates(
        _ name: String, folder: String = "tls"
    ) throws -> (authority: String, certificate: String, key: String) {
        let path = path(folder)
        mkdir(path, 0o700)
        let script = """
            set -e; cd "$0"
            new='openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -batch'
            $new -x509 -days 2 -subj '/CN=A CA for tests' -keyout ca.key -out ca.pem
            $new -subj '/CN=A server for tests' -keyout key.pem -out request.pem
            echo 'subjectAltName=\(name)' > extensions
            openssl x509 -req -days 2 -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial \
                -extfile extensions -out cert.pem
            """
        let outcome = try run(
            Launch(
                program: "/bin/sh", arguments: ["-c", script, path],
                environment: ["PATH": "/usr/bin:/bin", "HOME": path]))
        try #require(outcome.status == 0, "\(outcome)")
        return (path + "/ca.pem", path + "/cert.pem", path + "/key.pem")
    }
}
