using System.Collections.Immutable;

namespace LastAccessedBot.Flows;

/// <summary>What somebody wants of the owners. A mention is a word after its <c>@</c>, as its platform writes it.</summary>
public abstract record OwnerOrder
{
    private OwnerOrder() { }

    /// <summary>Tells who owns something.</summary>
    /// <param name="Kind">As in <see cref="Inquiry.Kind"/>.</param>
    public sealed record List(string? Kind, string Name) : OwnerOrder;

    public sealed record Add(string? Kind, string Name, ImmutableArray<string> Mentions) : OwnerOrder;

    public sealed record Remove(string? Kind, string Name, ImmutableArray<string> Mentions) : OwnerOrder;

    /// <summary>Whoever types it owns it no more.</summary>
    /// <param name="To">Whose it is; null where they do not know.</param>
    public sealed record NotMine(string? Kind, string Name, string? To) : OwnerOrder;

    /// <summary>Another decides for whoever types it.</summary>
    /// <param name="Until">The last day of the absence, by UTC; null for so many days from now on.</param>
    public sealed record Away(string Mention, DateOnly? Until, int? Days) : OwnerOrder;

    /// <summary>Whoever types it decides by themselves again.</summary>
    public sealed record Back : OwnerOrder;
}
