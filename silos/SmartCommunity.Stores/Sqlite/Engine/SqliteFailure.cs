using System.Diagnostics.CodeAnalysis;
using SmartCommunity.Stores.Faults;
using SQLitePCL;

namespace SmartCommunity.Stores.Sqlite.Engine;

/// <summary>SQLite answered with an error code (https://sqlite.org/rescode.html).</summary>
internal sealed class SqliteFailure(int code, string message) : StoreException($"SQLite error {code}: {message}", null)
{
    /// <summary>The extended result code.</summary>
    public int Code => code;

    /// <summary>Whether it was interrupted because its caller gave up.</summary>
    public bool IsInterrupt => (code & 0xFF) == raw.SQLITE_INTERRUPT;

    /// <summary>Whether the fault is the file's or the disk's, so that everything else would fail too; otherwise it is this one operation's.</summary>
    public bool IsOfTheStore => (code & 0xFF) is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_NOMEM or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB
        or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL;

    /// <summary>What a caller hears of a fault of the store.</summary>
    public StoreUnavailableException ToUnavailable() => new($"The store can not be used now: {Message}. Look at the disk of the data folder.", this);

    public static void Check(int code, sqlite3 connection)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Throw(connection);
        }
    }

    [DoesNotReturn]
    private static void Throw(sqlite3 connection) =>
        throw new SqliteFailure(raw.sqlite3_extended_errcode(connection), raw.sqlite3_errmsg(connection).utf8_to_string());
}
