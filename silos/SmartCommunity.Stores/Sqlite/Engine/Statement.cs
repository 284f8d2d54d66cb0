using System.Text;
using SQLitePCL;

namespace SmartCommunity.Stores.Sqlite.Engine;

/// <summary>A prepared statement. Disposing it makes it ready for its next use; its connection frees it.</summary>
/// <remarks>Parameters count from 1, columns from 0, as in SQL's own C interface.</remarks>
internal sealed class Statement(sqlite3 connection, sqlite3_stmt handle, bool kept) : IDisposable
{
    private const int StackBytes = 512;

    public Statement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    public Statement Bind(int index, double value)
    {
        Check(raw.sqlite3_bind_double(handle, index, value));
        return this;
    }

    public Statement Bind(int index, bool value) => Bind(index, value ? 1L : 0L);

    public Statement Bind(int index, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            // An empty span would be bound as NULL.
            Check(value is null ? raw.sqlite3_bind_null(handle, index) : raw.sqlite3_bind_text(handle, index, ""));
            return this;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var buffer = most <= StackBytes ? stackalloc byte[StackBytes] : new byte[most];
        return BindText(index, buffer[..Encoding.UTF8.GetBytes(value, buffer)]);
    }

    /// <summary>Binds text that is UTF-8 already; never empty. SQLite copies it.</summary>
    public Statement BindText(int index, ReadOnlySpan<byte> utf8)
    {
        Check(raw.sqlite3_bind_text(handle, index, utf8));
        return this;
    }

    /// <summary>Binds bytes. SQLite copies them.</summary>
    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, index, 0) : raw.sqlite3_bind_blob(handle, index, value));
        return this;
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs it whole, and makes it ready for the next parameters; those that are not bound again keep their values.</summary>
    public void Run()
    {
        while (Step())
        {
        }

        Check(raw.sqlite3_reset(handle));
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public double Double(int column) => raw.sqlite3_column_double(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The bytes of a blob or text; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose()
    {
        if (!kept)
        {
            handle.Dispose();
            return;
        }

        // The answer repeats the error of the last step, which has been reported.
        _ = raw.sqlite3_reset(handle);
        _ = raw.sqlite3_clear_bindings(handle);
    }

    private void Check(int code) => SqliteFailure.Check(code, connection);
}
