using System.Text.Json;

namespace LastAccessedBot.Core.Audit;

/// <summary>Walks a record from its first entry to its last, and stops at the first that is not as it was written.</summary>
/// <remarks>
/// A record that its retention shortened begins later than with 1. It is whole if a later entry tells of that, and names the number and the
/// hash of the last one that went: that entry is chained like every other.
/// </remarks>
/// <param name="noted">Heads that somebody noted earlier; a record that was written anew, or cut at its end, is told by them alone.</param>
public sealed class ChainCheck(params IReadOnlyCollection<ChainHead> noted)
{
    /// <summary>The event of the entry that tells how far a record was shortened.</summary>
    public const string Shortened = "record-shortened";

    private ChainHead? _gone;
    private ChainHead? _head;

    /// <summary>The first entry; null before there was one.</summary>
    public long? First { get; private set; }

    /// <summary>The last entry that was looked at.</summary>
    public ChainHead Head => _head ?? ChainHead.Start;

    /// <summary>Looks at the next entry; what is wrong with it, or null. After a fault there is no going on.</summary>
    public string? Look(ChainedEntry next)
    {
        if (_head is null)
        {
            First = next.Number;
            // Whether something may be missing before it, a later entry tells.
            if (next.Number > 1) _gone = new ChainHead(next.Number - 1, next.Previous);
            else if (next.Previous != ChainHead.Start.Hash) return $"entry {next.Number} does not begin the record";
        }
        else if (next.Number != _head.Number + 1) return $"entry {next.Number} follows entry {_head.Number}";
        else if (next.Previous != _head.Hash) return $"entry {next.Number} does not follow the entry before it: one of the two was changed";
        if (next.Hash != AuditChain.Hash(next.Number, next.Previous, next.Entry)) return $"entry {next.Number} is not as it was written";
        if (noted.Any(head => head.Number == next.Number && head != next.Head)) return $"entry {next.Number} is not the one that was noted: the record was written anew";
        if (_gone is not null && next.Entry is { Event: Shortened, Facts: { } facts } && Told(facts) == _gone) _gone = null;
        _head = next.Head;
        return null;
    }

    /// <summary>What is wrong with the whole once its last entry was looked at, or null.</summary>
    public string? End() =>
        _gone is not null ? $"the entries up to {_gone.Number} are missing, and no entry tells of that"
        : noted.FirstOrDefault(head => head.Number > Head.Number) is { } later ? $"it ends with entry {Head.Number}, and entry {later.Number} was noted"
        : noted.FirstOrDefault(head => head.Number > 0 && head.Number < First) is { } earlier ? $"entry {earlier.Number} was noted, and is no longer kept: compare with a later one"
        : null;

    /// <summary>The facts of an entry that tells of a shortening.</summary>
    public static string Facts(ChainHead gone) => JsonSerializer.Serialize(new { upTo = gone.Number, hash = gone.Hash });

    private static ChainHead? Told(string facts)
    {
        using var told = JsonDocument.Parse(facts);
        return new ChainHead(told.RootElement.GetProperty("upTo").GetInt64(), told.RootElement.GetProperty("hash").GetString()!);
    }
}
