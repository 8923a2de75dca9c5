using System.Text.Json.Serialization;

namespace LastAccessedBot.Core.Evidence;

/// <summary>What the evidence says about one service for one subject. Only <see cref="Unused"/> may ever justify a trim.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Used), "used")]
[JsonDerivedType(typeof(Unused), "unused")]
[JsonDerivedType(typeof(Unknown), "unknown")]
public abstract record Verdict
{
    private Verdict() { }

    /// <summary>Attempted within the window.</summary>
    public sealed record Used(DateTimeOffset On, string? By) : Verdict;

    /// <summary>Not attempted within the window: last seen before it, or not at all since tracking began.</summary>
    public sealed record Unused(DateTimeOffset? LastSeen) : Verdict;

    /// <summary>The evidence cannot tell; <paramref name="Why"/> is a clause that follows "unknown:".</summary>
    public sealed record Unknown(string Why) : Verdict;
}
