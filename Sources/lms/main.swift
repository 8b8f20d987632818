internal import Foundation
internal import LMSCommands

exit(Program.main())
