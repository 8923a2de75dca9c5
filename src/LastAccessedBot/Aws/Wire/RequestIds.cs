using System.Collections.Immutable;

namespace LastAccessedBot.Aws.Wire;

/// <summary>Gathers AWS's own ids of the changes that are made while it is open, by whoever is called from there.</summary>
// Flows with the calls, in the place of a return value of every operation: an edit is one line, whichever operations it takes.
internal sealed class RequestIds : IDisposable
{
    private static readonly AsyncLocal<RequestIds?> s_open = new();

    private readonly List<string> _ids = [];

    private RequestIds()
    {
    }

    public ImmutableArray<string> All => [.. _ids];

    public static RequestIds Gather() => s_open.Value = new RequestIds();

    public static void Add(string? id)
    {
        if (id is not null) s_open.Value?._ids.Add(id);
    }

    public void Dispose() => s_open.Value = null;
}
