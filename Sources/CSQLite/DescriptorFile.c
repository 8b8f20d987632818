// A VFS of SQLite whose database is a file that is open already. Source: https://www.sqlite.org/vfs.html
//
// A new database is made in a file without a name (UnnamedFile.swift). SQLite's own VFS opens files by their names: it
// follows /proc/self/fd/NUMBER to a name that is not there.

#include "CSQLite.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    sqlite3_file base;
    int descriptor;
} DescriptorFile;

static int descriptor(sqlite3_file *file) { return ((DescriptorFile *)file)->descriptor; }

static int closeFile(sqlite3_file *file) {
    (void)file;
    return SQLITE_OK;
}

static int readFile(sqlite3_file *file, void *buffer, int size, sqlite3_int64 offset) {
    int done = 0;
    while (done < size) {
        ssize_t count = pread(descriptor(file), (char *)buffer + done, (size_t)(size - done), (off_t)(offset + done));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return SQLITE_IOERR_READ;
        if (count == 0) {
            // What is behind the end reads as zeros.
            memset((char *)buffer + done, 0, (size_t)(size - done));
            return SQLITE_IOERR_SHORT_READ;
        }
        done += (int)count;
    }
    return SQLITE_OK;
}

static int writeFile(sqlite3_file *file, const void *buffer, int size, sqlite3_int64 offset) {
    int done = 0;
    while (done < size) {
        ssize_t count = pwrite(descriptor(file), (const char *)buffer + done, (size_t)(size - done), (off_t)(offset + done));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return errno == ENOSPC || errno == EDQUOT ? SQLITE_FULL : SQLITE_IOERR_WRITE;
        done += (int)count;
    }
    return SQLITE_OK;
}

static int truncateFile(sqlite3_file *file, sqlite3_int64 size) {
    return ftruncate(descriptor(file), (off_t)size) == 0 ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int syncFile(sqlite3_file *file, int flags) {
    (void)flags;
    return fsync(descriptor(file)) == 0 ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

static int fileSize(sqlite3_file *file, sqlite3_int64 *size) {
    struct stat status;
    if (fstat(descriptor(file), &status) != 0) return SQLITE_IOERR_FSTAT;
    *size = status.st_size;
    return SQLITE_OK;
}

static int changeLock(sqlite3_file *file, int lock) {
    (void)file;
    (void)lock;
    return SQLITE_OK;
}

static int checkLock(sqlite3_file *file, int *isLocked) {
    (void)file;
    *isLocked = 0;
    return SQLITE_OK;
}

static int control(sqlite3_file *file, int operation, void *argument) {
    (void)file;
    (void)operation;
    (void)argument;
    return SQLITE_NOTFOUND;
}

static int sectorSize(sqlite3_file *file) {
    (void)file;
    return 4096;
}

static int characteristics(sqlite3_file *file) {
    (void)file;
    return 0;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = closeFile,
    .xRead = readFile,
    .xWrite = writeFile,
    .xTruncate = truncateFile,
    .xSync = syncFile,
    .xFileSize = fileSize,
    .xLock = changeLock,
    .xUnlock = changeLock,
    .xCheckReservedLock = checkLock,
    .xFileControl = control,
    .xSectorSize = sectorSize,
    .xDeviceCharacteristics = characteristics,
};

static int openFile(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *openedFlags) {
    sqlite3_vfs *standard = vfs->pAppData;
    file->pMethods = 0;
    if (flags & SQLITE_OPEN_MAIN_DB) {
        sqlite3_int64 number = sqlite3_uri_int64(name, "fd", -1);
        if (number < 0) return SQLITE_CANTOPEN;
        ((DescriptorFile *)file)->descriptor = (int)number;
        file->pMethods = &methods;
        if (openedFlags) *openedFlags = flags;
        return SQLITE_OK;
    }
    // It could only be found by a name, and this database has none.
    if (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL | SQLITE_OPEN_SUPER_JOURNAL)) return SQLITE_CANTOPEN;
    return standard->xOpen(standard, name, file, flags, openedFlags);
}

static int deleteFile(sqlite3_vfs *vfs, const char *name, int syncsFolder) {
    (void)vfs;
    (void)name;
    (void)syncsFolder;
    return SQLITE_OK;
}

static int accessFile(sqlite3_vfs *vfs, const char *name, int flags, int *isThere) {
    (void)vfs;
    (void)name;
    (void)flags;
    *isThere = 0;
    return SQLITE_OK;
}

static int fullPath(sqlite3_vfs *vfs, const char *name, int size, char *path) {
    (void)vfs;
    if (strlen(name) >= (size_t)size) return SQLITE_CANTOPEN;
    strcpy(path, name);
    return SQLITE_OK;
}

int csqlite_register_descriptor_files(void) {
    // SQLite keeps a pointer to it.
    static sqlite3_vfs vfs;
    sqlite3_vfs *standard = sqlite3_vfs_find(0);
    if (!standard) return SQLITE_ERROR;
    // The clock, random numbers and temporary files are the standard ones.
    vfs = *standard;
    vfs.pNext = 0;
    vfs.pAppData = standard;
    vfs.zName = "lms-descriptor";
    if (vfs.szOsFile < (int)sizeof(DescriptorFile)) vfs.szOsFile = sizeof(DescriptorFile);
    vfs.xOpen = openFile;
    vfs.xDelete = deleteFile;
    vfs.xAccess = accessFile;
    vfs.xFullPathname = fullPath;
    return sqlite3_vfs_register(&vfs, 0);
}
