//! Puts the simulated disk under the real SQLite, as a file system named `sim`.
//!
//! One connection at a time: locks always succeed.
#![expect(unsafe_code, reason = "SQLite speaks to file systems through C functions")]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::Once;

use rusqlite::ffi::{
    SQLITE_CANTOPEN, SQLITE_IOCAP_POWERSAFE_OVERWRITE, SQLITE_IOERR_DELETE, SQLITE_IOERR_FSYNC,
    SQLITE_IOERR_READ, SQLITE_IOERR_SHORT_READ, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE, SQLITE_NOTFOUND,
    SQLITE_OK, SQLITE_OPEN_CREATE, sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs,
    sqlite3_vfs_register,
};

use super::disk::{Dead, disk};

/// An open file, in memory that SQLite owns.
#[repr(C)]
struct Open {
    base: sqlite3_file,
    name: *mut String,
}

/// The name of an open file.
///
/// SAFETY: `file` comes from [`open`] and was not closed; SQLite keeps to that.
unsafe fn name<'a>(file: *mut sqlite3_file) -> &'a str {
    unsafe { &*(*file.cast::<Open>()).name }
}

fn code(result: &Result<(), Dead>, failure: c_int) -> c_int {
    if result.is_ok() { SQLITE_OK } else { failure }
}

fn size(number: impl TryInto<usize>) -> usize {
    number.try_into().unwrap_or(0)
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    drop(unsafe { Box::from_raw((*file.cast::<Open>()).name) });
    SQLITE_OK
}

unsafe extern "C" fn read(
    file: *mut sqlite3_file,
    into: *mut c_void,
    count: c_int,
    at: sqlite3_int64,
) -> c_int {
    let into = unsafe { std::slice::from_raw_parts_mut(into.cast::<u8>(), size(count)) };
    let disk = disk();
    if disk.dead {
        return SQLITE_IOERR_READ;
    }
    let had = disk.read(unsafe { name(file) }, size(at), into);
    if had == into.len() { SQLITE_OK } else { SQLITE_IOERR_SHORT_READ }
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    from: *const c_void,
    count: c_int,
    at: sqlite3_int64,
) -> c_int {
    let from = unsafe { std::slice::from_raw_parts(from.cast::<u8>(), size(count)) };
    code(&disk().write(unsafe { name(file) }, size(at), from), SQLITE_IOERR_WRITE)
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, length: sqlite3_int64) -> c_int {
    code(&disk().truncate(unsafe { name(file) }, size(length)), SQLITE_IOERR_TRUNCATE)
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, _flags: c_int) -> c_int {
    code(&disk().sync(unsafe { name(file) }), SQLITE_IOERR_FSYNC)
}

unsafe extern "C" fn file_size(file: *mut sqlite3_file, into: *mut sqlite3_int64) -> c_int {
    let length = disk().length(unsafe { name(file) });
    unsafe { *into = sqlite3_int64::try_from(length).unwrap_or(0) };
    SQLITE_OK
}

unsafe extern "C" fn lock(_file: *mut sqlite3_file, _level: c_int) -> c_int {
    SQLITE_OK
}

unsafe extern "C" fn is_reserved(_file: *mut sqlite3_file, into: *mut c_int) -> c_int {
    unsafe { *into = 0 };
    SQLITE_OK
}

unsafe extern "C" fn control(_file: *mut sqlite3_file, _what: c_int, _with: *mut c_void) -> c_int {
    SQLITE_NOTFOUND
}

unsafe extern "C" fn sector_size(_file: *mut sqlite3_file) -> c_int {
    512
}

unsafe extern "C" fn characteristics(_file: *mut sqlite3_file) -> c_int {
    SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

unsafe extern "C" fn map_shared(
    file: *mut sqlite3_file,
    region: c_int,
    bytes: c_int,
    extend: c_int,
    into: *mut *mut c_void,
) -> c_int {
    let mut disk = disk();
    let regions = disk.shared.entry(unsafe { name(file) }.to_owned()).or_default();
    while regions.len() <= size(region) {
        if extend == 0 {
            unsafe { *into = std::ptr::null_mut() };
            return SQLITE_OK;
        }
        regions.push(vec![0; size(bytes) / 8].into_boxed_slice());
    }
    unsafe { *into = regions[size(region)].as_mut_ptr().cast() };
    SQLITE_OK
}

unsafe extern "C" fn lock_shared(
    _file: *mut sqlite3_file,
    _at: c_int,
    _count: c_int,
    _flags: c_int,
) -> c_int {
    SQLITE_OK
}

unsafe extern "C" fn shared_barrier(_file: *mut sqlite3_file) {
    std::sync::atomic::fence(std::sync::atomic::Ordering::SeqCst);
}

unsafe extern "C" fn unmap_shared(file: *mut sqlite3_file, delete: c_int) -> c_int {
    if delete != 0 {
        disk().shared.remove(unsafe { name(file) });
    }
    SQLITE_OK
}

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(lock),
    xCheckReservedLock: Some(is_reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(characteristics),
    xShmMap: Some(map_shared),
    xShmLock: Some(lock_shared),
    xShmBarrier: Some(shared_barrier),
    xShmUnmap: Some(unmap_shared),
    xFetch: None,
    xUnfetch: None,
};

unsafe extern "C" fn open(
    _vfs: *mut sqlite3_vfs,
    path: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    flags_out: *mut c_int,
) -> c_int {
    let file = file.cast::<Open>();
    unsafe { (*file).base.pMethods = std::ptr::null() };
    let mut disk = disk();
    let path = if path.is_null() { "scratch".to_owned() } else { unsafe { text(path) } };
    if disk.dead || (!disk.exists(&path) && flags & SQLITE_OPEN_CREATE == 0) {
        return SQLITE_CANTOPEN;
    }
    disk.create(&path);
    unsafe {
        (*file).name = Box::into_raw(Box::new(path));
        (*file).base.pMethods = &raw const METHODS;
        if !flags_out.is_null() {
            *flags_out = flags;
        }
    }
    SQLITE_OK
}

/// SAFETY: `path` is a C string; SQLite keeps to that.
unsafe fn text(path: *const c_char) -> String {
    unsafe { CStr::from_ptr(path) }.to_string_lossy().into_owned()
}

unsafe extern "C" fn delete(_vfs: *mut sqlite3_vfs, path: *const c_char, sync_directory: c_int) -> c_int {
    code(&disk().delete(&unsafe { text(path) }, sync_directory != 0), SQLITE_IOERR_DELETE)
}

unsafe extern "C" fn access(
    _vfs: *mut sqlite3_vfs,
    path: *const c_char,
    _how: c_int,
    into: *mut c_int,
) -> c_int {
    unsafe { *into = disk().exists(&text(path)).into() };
    SQLITE_OK
}

unsafe extern "C" fn full_path(
    _vfs: *mut sqlite3_vfs,
    path: *const c_char,
    room: c_int,
    into: *mut c_char,
) -> c_int {
    let bytes = unsafe { CStr::from_ptr(path) }.to_bytes_with_nul();
    if bytes.len() > size(room) {
        return SQLITE_CANTOPEN;
    }
    unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr().cast(), into, bytes.len()) };
    SQLITE_OK
}

unsafe extern "C" fn randomness(_vfs: *mut sqlite3_vfs, count: c_int, into: *mut c_char) -> c_int {
    disk().random(unsafe { std::slice::from_raw_parts_mut(into.cast::<u8>(), size(count)) });
    count
}

unsafe extern "C" fn sleep(_vfs: *mut sqlite3_vfs, microseconds: c_int) -> c_int {
    microseconds
}

unsafe extern "C" fn time(_vfs: *mut sqlite3_vfs, into: *mut sqlite3_int64) -> c_int {
    unsafe { *into = 2_460_000 * 86_400_000 };
    SQLITE_OK
}

/// Makes the file system known to SQLite, once.
pub(crate) fn register() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let vfs = Box::leak(Box::new(sqlite3_vfs {
            iVersion: 2,
            szOsFile: c_int::try_from(size_of::<Open>()).unwrap(),
            mxPathname: 256,
            pNext: std::ptr::null_mut(),
            zName: c"sim".as_ptr(),
            pAppData: std::ptr::null_mut(),
            xOpen: Some(open),
            xDelete: Some(delete),
            xAccess: Some(access),
            xFullPathname: Some(full_path),
            xDlOpen: None,
            xDlError: None,
            xDlSym: None,
            xDlClose: None,
            xRandomness: Some(randomness),
            xSleep: Some(sleep),
            xCurrentTime: None,
            xGetLastError: None,
            xCurrentTimeInt64: Some(time),
            xSetSystemCall: None,
            xGetSystemCall: None,
            xNextSystemCall: None,
        }));
        assert_eq!(unsafe { sqlite3_vfs_register(vfs, 0) }, SQLITE_OK);
    });
}
