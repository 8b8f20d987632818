#ifndef CSQLITE_H
#define CSQLITE_H

#include <sqlite3.h>

/// Sets a boolean option of a connection. `sqlite3_db_config` is variadic, which Swift cannot call.
int csqlite_set_option(sqlite3 *connection, int option, int on);

/// Lets file names be URIs, for the whole process; only before SQLite's first use.
int csqlite_enable_uri(void);

#endif
