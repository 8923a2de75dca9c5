namespace LastAccessedBot.Flows;

/// <summary>Work of which one of its name is done at a time, by all hosts that share the state.</summary>
public interface ITurns
{
    /// <summary>Waits for the turn; it ends when what is returned is disposed, or with the process.</summary>
    Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellation);
}

/// <summary>The names of turns.</summary>
public static class Turn
{
    /// <summary>Changes to the account: two that touch the same policy would each see the other as drift half-way.</summary>
    public const string Account = "account";

    /// <summary>Storing answers: of two who ask at once, the second must find the first's proposals.</summary>
    public const string Answers = "answers";

    /// <summary>Answering one review.</summary>
    public static string Review(string id) => $"review {id}";

    /// <summary>Showing one review: what was read first must not be shown last.</summary>
    public static string Card(string reviewId) => $"card {reviewId}";

    /// <summary>The same of a sweep.</summary>
    public static string Sweep(string id) => $"sweep {id}";

    /// <summary>The same of a digest.</summary>
    public static string Digest(string id) => $"digest {id}";
}
