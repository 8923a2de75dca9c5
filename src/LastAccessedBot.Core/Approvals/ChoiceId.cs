using System.Collections.Immutable;

namespace LastAccessedBot.Core.Approvals;

/// <summary>What the ids of buttons say: which proposal, which command, which page. They grant nothing; every press is ruled on afresh.</summary>
public abstract record ChoiceId
{
    private const string RunPrefix = "run:", TogetherPrefix = "together:";

    private ChoiceId() { }

    /// <summary>A press on a proposal.</summary>
    public sealed record OnProposal(Press Press, string ProposalId) : ChoiceId
    {
        public override string ToString() => $"{Press.ToString().ToLowerInvariant()}:{ProposalId}";
    }

    /// <summary>The same as typing the command.</summary>
    public sealed record Run(string Command) : ChoiceId
    {
        public override string ToString() => RunPrefix + Command;
    }

    /// <summary>Another page of a long answer.</summary>
    public sealed record Page(string ReviewId, int Number) : ChoiceId
    {
        public override string ToString() => $"page:{ReviewId}:{Number}";
    }

    /// <summary>Another page of the presser's own Home.</summary>
    /// <param name="Number">From 1.</param>
    public sealed record Home(int Number) : ChoiceId
    {
        public override string ToString() => $"home:{Number}";
    }

    /// <summary>One approval for several proposals of a card.</summary>
    /// <param name="ProposalIds">At most <see cref="Trims.Together.Most"/>: all that stood on the card that was pressed, and none that came later.</param>
    public sealed record Together(ImmutableArray<string> ProposalIds) : ChoiceId
    {
        public override string ToString() => TogetherPrefix + string.Join('+', ProposalIds);
    }

    /// <summary>Reads an id that came back from a platform; null for anything that no card of ours holds.</summary>
    public static ChoiceId? Read(string text)
    {
        if (text.StartsWith(RunPrefix, StringComparison.Ordinal) && text.Length > RunPrefix.Length) return new Run(text[RunPrefix.Length..]);
        if (text.StartsWith(TogetherPrefix, StringComparison.Ordinal) && text[TogetherPrefix.Length..].Split('+') is { Length: > 1 and <= Trims.Together.Most } parts && parts.All(part => part.Length > 0))
            return new Together([.. parts]);
        if (text.Split(':') is ["page", { Length: > 0 } review, var number] && int.TryParse(number, out var page)) return new Page(review, page);
        if (text.Split(':') is ["home", var turned] && int.TryParse(turned, out var home)) return new Home(home);
        foreach (var press in Enum.GetValues<Press>())
        {
            var prefix = $"{press.ToString().ToLowerInvariant()}:";
            if (text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length) return new OnProposal(press, text[prefix.Length..]);
        }
        return null;
    }
}
