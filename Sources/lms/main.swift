internal import Glibc
internal import LMSCommands

exit(Program.main())
