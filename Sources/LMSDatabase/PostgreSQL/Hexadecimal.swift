#if PostgreSQL
    extension [UInt8] {
        /// Two digits a byte, as PostgreSQL writes blobs behind `\x`.
        var hexadecimal: [UInt8] {
            func digit(_ nibble: UInt8) -> UInt8 {
                nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
            }
            return flatMap { [digit($0 >> 4), digit($0 & 15)] }
        }
    }
#endif
