namespace LastAccessedBot.Sandbox.Faults;

/// <summary>How far a watched call is.</summary>
public enum CallPhase
{
    /// <summary>Authenticated and read; nothing was done yet.</summary>
    Arrived,

    /// <summary>Done and in the log; the answer was not sent yet.</summary>
    CarriedOut,
}

/// <summary>A call as <see cref="SandboxFaults.Watcher"/> sees it.</summary>
/// <param name="Operation">As policies name it, e.g. <c>iam:DetachGroupPolicy</c>.</param>
public sealed record WatchedCall(string Operation, bool Writes, IReadOnlyDictionary<string, string> Parameters, CallPhase Phase);

/// <summary>Thrown by a watcher to let a call vanish: the connection is cut without an answer.</summary>
public sealed class CallDroppedException : Exception;
