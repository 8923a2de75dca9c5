namespace LastAccessedBot.Benchmarks.Load;

/// <summary>Requests that were made before anything is measured; all that is left for then is to copy bytes.</summary>
internal interface IRequests
{
    /// <summary>The bytes of a request; all are of one length.</summary>
    int Length { get; }

    /// <summary>The next request; false when all were taken.</summary>
    bool TryTake(Span<byte> request);
}
