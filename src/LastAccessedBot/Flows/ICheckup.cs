using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Flows;

/// <summary>What a checkup looks at; by these the doctor's card is divided.</summary>
public enum CheckupArea { Aws, Chat, Store, Jobs, References }

/// <summary>What a checkup found about one thing. Nothing in it is a secret; it may name accounts, hosts and identities.</summary>
/// <param name="What">The thing, in a word or two.</param>
/// <param name="Verdict">Good, to be looked at (<see cref="Tone.Caution"/>), or <see cref="Tone.Bad"/>: something does not work.</param>
/// <param name="Sentence">With the names in backticks.</param>
/// <param name="Help">What to do, as in <see cref="Refusal.Help"/>; null where there is nothing to be done.</param>
public sealed record Diagnosis(CheckupArea Area, string What, Tone Verdict, string Sentence, string? Help = null)
{
    public static Diagnosis Good(CheckupArea area, string what, string sentence) => new(area, what, Tone.Good, sentence);

    public static Diagnosis Of(CheckupArea area, string what, Tone verdict, Refusal why) => new(area, what, verdict, why.Message, why.Help);
}

/// <summary>Looks after one of the bot's neighbours, for <c>/unused doctor</c>. It changes nothing.</summary>
public interface ICheckup
{
    CheckupArea Area { get; }

    /// <summary>What it looks at, for where it does not answer in time.</summary>
    string What { get; }

    /// <summary>An outage of what it looks at is a diagnosis, and no exception.</summary>
    Task<ImmutableArray<Diagnosis>> ExamineAsync(CancellationToken cancellation);
}
