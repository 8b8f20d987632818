#ifndef CSQLITE_H
#define CSQLITE_H

#include <sqlite3.h>

/// Sets a boolean option of a connection. `sqlite3_db_config` is variadic, which Swift cannot call.
int csqlite_set_option(sqlite3 *connection, int option, int on);

/// Lets no file name be taken for a URI unless a connection asks for it, and leaves out the counting of memory, for which all
/// threads would queue. For the whole process, and only before SQLite's first use.
int csqlite_configure(void);

/// Lets `file:/new?vfs=lms-descriptor&fd=NUMBER` be a database in a file that is open already, and may have no name.
/// Nobody else may have it open: there are no locks. A journal must stay in memory. SQLite does not close the file.
int csqlite_register_descriptor_files(void);

#endif
