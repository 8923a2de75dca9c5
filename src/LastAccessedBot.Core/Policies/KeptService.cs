using System.Collections.Immutable;
using System.Text;

namespace LastAccessedBot.Core.Policies;

/// <summary>A kept service with its texts as they stand in documents.</summary>
internal sealed class KeptService : IComparable<KeptService>
{
    private readonly ServiceCut? _cut;
    private readonly byte[][] _goes = [];

    public KeptService(ServiceNamespace service, ImmutableArray<string> actions) : this(service)
    {
        IsWhole = actions.IsEmpty;
        Stays = Patterns = Texts(IsWhole ? ["*"] : actions);
    }

    public KeptService(ServiceCut cut) : this(cut.Service)
    {
        _cut = cut;
        _goes = Texts(cut.Goes);
        Stays = Texts(cut.Stays);
        Patterns = Within(Texts(["*"])[0]) ?? Texts(["*"]);
    }

    private KeptService(ServiceNamespace service)
    {
        Service = service;
        Name = Encoding.ASCII.GetBytes(service.Value);
        Head = ServiceHead.Of(Name);
    }

    public ServiceNamespace Service { get; }

    public byte[] Name { get; }

    public ulong Head { get; }

    /// <summary>All of the service is kept.</summary>
    public bool IsWhole { get; }

    /// <summary>What is written for the whole service: <c>s3:*</c>, or one <c>s3:GetObject</c> for every action that is kept, or few patterns that leave out what goes.</summary>
    public byte[][] Patterns { get; } = [];

    /// <summary>What must be allowed afterwards where it was before: the same, but every single action of a service that is cut.</summary>
    public byte[][] Stays { get; } = [];

    /// <summary>Whether an entry of the service, by its text, has nothing in it that goes.</summary>
    public bool LeavesAlone(ReadOnlySpan<byte> text)
    {
        if (IsWhole) return true;
        if (_cut is null) return false;
        foreach (var action in _goes)
            if (ActionText.Covers(text, action)) return false;
        return true;
    }

    /// <summary>What is written for an entry, by its text, of all that matches it; null where the entry stays as written.</summary>
    public byte[][]? Within(ReadOnlySpan<byte> text) =>
        LeavesAlone(text) ? null
        : _cut is not null ? Cut(text, _cut)
        : StaysAsWritten(text) ? null
        : Patterns;

    // By the head, so that equal heads stand together for the search; a shorter name first, as text orders.
    public int CompareTo(KeptService? other) => Head != other!.Head ? Head.CompareTo(other.Head) : Service.CompareTo(other.Service);

    private byte[][]? Cut(ReadOnlySpan<byte> text, ServiceCut cut)
    {
        var action = Encoding.ASCII.GetString(text[(Name.Length + 1)..]);
        var patterns = PatternCover.Of(action, Matching(text, Stays, cut.Stays), Matching(text, _goes, cut.Goes));
        return patterns.Length > ServiceCut.MostPatterns ? null : Texts(patterns);
    }

    // An entry that one kept action covers, or crosses without either covering the other, stays as its author wrote it: cutting it to
    // the crossing would need a list of today's actions.
    private bool StaysAsWritten(ReadOnlySpan<byte> text)
    {
        foreach (var pattern in Patterns)
            if (ActionText.Covers(pattern, text) || (!ActionText.Covers(text, pattern) && ActionText.Overlap(text, pattern))) return true;
        return false;
    }

    private static List<string> Matching(ReadOnlySpan<byte> text, byte[][] actions, ImmutableArray<string> names)
    {
        var matching = new List<string>();
        for (var i = 0; i < actions.Length; i++)
            if (ActionText.Covers(text, actions[i])) matching.Add(names[i]);
        return matching;
    }

    private byte[][] Texts(IEnumerable<string> actions) => [.. actions.Select(action => Encoding.ASCII.GetBytes($"{Service}:{action}"))];
}
