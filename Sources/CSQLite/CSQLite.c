#include "CSQLite.h"

int csqlite_set_option(sqlite3 *connection, int option, int on) {
    return sqlite3_db_config(connection, option, on, (int *)0);
}

int csqlite_configure(void) {
    int code = sqlite3_config(SQLITE_CONFIG_URI, 0);
    return code == SQLITE_OK ? sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) : code;
}
