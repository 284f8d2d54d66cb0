namespace Orleans.Runtime
{
    /// <summary>A failure of the host, not of a grain.</summary>
    public class OrleansException : Exception
    {
        public OrleansException() : base("Unexpected error.")
        {
        }

        public OrleansException(string message) : base(message)
        {
        }

        public OrleansException(string message, Exception? innerException) : base(message, innerException)
        {
        }
    }

    /// <summary>The host did not take a request; the grain has not seen it.</summary>
    public class OrleansMessageRejectionException : OrleansException
    {
        internal OrleansMessageRejectionException(string message) : base(message)
        {
        }
    }

    /// <summary>The host is stopping or has stopped; the grain has not seen the request.</summary>
    public sealed class SiloUnavailableException : OrleansMessageRejectionException
    {
        public SiloUnavailableException() : base("The grain host is stopping.")
        {
        }

        public SiloUnavailableException(string msg) : base(msg)
        {
        }
    }

    /// <summary>A reminder could not be changed as asked.</summary>
    public sealed class ReminderException(string message) : OrleansException(message);
}
