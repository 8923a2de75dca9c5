namespace LastAccessedBot.Surfaces;

/// <summary>How long a platform asks to be left alone.</summary>
internal static class RetryAfter
{
    /// <summary>null where the answer does not say, or names a moment that is over.</summary>
    public static TimeSpan? Of(HttpResponseMessage answer, DateTimeOffset now) => answer.Headers.RetryAfter switch
    {
        { Delta: { } seconds } when seconds > TimeSpan.Zero => seconds,
        { Date: { } date } when date > now => date - now,
        _ => null,
    };
}
