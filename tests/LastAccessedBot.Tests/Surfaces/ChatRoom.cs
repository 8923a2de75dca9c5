using System.Collections.Immutable;
using LastAccessedBot.Tests.EndToEnd;

namespace LastAccessedBot.Tests.Surfaces;

/// <summary>The people of the contract: two admins, an owner of its groups, and somebody who decides nothing. Everywhere they bear the names of the scenario.</summary>
public enum Someone { Paulo, Martha, Maria, Nikhil }

/// <summary>A button below a part of a message.</summary>
/// <param name="Value">What comes back when it is pressed.</param>
public sealed record SeenButton(string Label, string Value);

/// <summary>A part of a message: the first one is what the message itself says, each further one is a suggestion.</summary>
/// <param name="Words">As the reader sees them: markup has had its effect, and what is left is text.</param>
public sealed record SeenPart(string Words, ImmutableArray<SeenButton> Buttons)
{
    public string Title => Words.Split('\n')[0];

    public string Button(string label) => Buttons.FirstOrDefault(button => button.Label == label)?.Value ?? throw new Xunit.Sdk.XunitException($"No button `{label}` below:\n{this}");

    public override string ToString() => Words + string.Concat(Buttons.Select(button => $"\n[{button.Label}]"));
}

/// <summary>A message of the bot's, as one person sees it at one moment.</summary>
/// <param name="IsPrivate">Nobody else sees it.</param>
public sealed record SeenMessage(string Id, bool IsPrivate, bool IsUnderWay, ImmutableArray<SeenPart> Parts)
{
    public string Words => string.Join('\n', Parts.Select(part => part.Words));

    public IEnumerable<SeenButton> Buttons => Parts.SelectMany(part => part.Buttons);

    /// <summary>The newest suggestion whose title starts so; null where there is none.</summary>
    public SeenPart? Suggestion(string title) => Parts.Skip(1).LastOrDefault(part => part.Title.StartsWith(title, StringComparison.Ordinal));

    public override string ToString() => string.Join("\n--\n", Parts);
}

/// <summary>
/// A conversation on one chat platform, with the bot and some people in it. A new platform passes the contract by being such a room: it says
/// how a line is typed there, how a button is pressed, and what each of the people sees.
/// </summary>
public abstract class ChatRoom : IAsyncLifetime
{
    /// <summary>Longer than a proposal lives in any default.</summary>
    internal static readonly TimeSpan ExpireAfter = TimeSpan.FromDays(11);

    private readonly HashSet<string> _answers = [];
    private int _sentence;

    /// <summary>The account and the host.</summary>
    internal abstract Scene Scene { get; }

    /// <summary>What stands before a line where the platform has commands, and how the bot speaks of itself.</summary>
    internal virtual string Command => "/unused";

    /// <summary>The platform says whether somebody pressed twice, or whether one press was delivered twice.</summary>
    internal virtual bool TellsPressesApart => true;

    /// <summary>What is done here is looked at from outside, too, which takes its time. Of several rooms of one platform, one is enough.</summary>
    internal virtual bool IsSeenFromOutside => true;

    /// <summary>The group of the running sentence: no other touches it.</summary>
    internal string Group => ContractAccount.Group(_sentence);

    /// <summary>Another group that no sentence changes.</summary>
    internal static string OtherGroup => ContractAccount.Group(0);

    public static string NameOf(Someone who) => who switch
    {
        Someone.Paulo => "Paulo Santos",
        Someone.Martha => "Martha Rivera",
        Someone.Maria => "María García",
        Someone.Nikhil => "Nikhil Jayashankar",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Types a line after the bot's command; done when the platform has its acknowledgement.</summary>
    internal abstract Task TypeAsync(Someone who, string line);

    /// <summary>Presses a button, also one that the message does not have; done when the platform has its acknowledgement.</summary>
    /// <param name="deliveries">How often the platform delivers this one press.</param>
    internal abstract Task PressAsync(Someone who, SeenMessage on, string value, int deliveries = 1);

    /// <summary>Presses a button that asks for something first, fills that in, and submits it; done when the platform has its acknowledgement.</summary>
    internal abstract Task FillInAsync(Someone who, SeenMessage on, string value, string field, string given);

    /// <summary>All that the person sees of the bot's, in no order, as soon as it is as it should be.</summary>
    internal abstract Task<IReadOnlyCollection<SeenMessage>> ReadAsync(Someone who, Func<IReadOnlyCollection<SeenMessage>, bool> isSo, string what);

    /// <summary>The process dies, and another takes its place on the same data.</summary>
    internal abstract Task RestartAsync();

    /// <summary>A sentence begins: in a conversation of its own, about a group of its own.</summary>
    internal void Begin()
    {
        _answers.Clear();
        Enter(++_sentence);
        Scene.Aws.Faults.Clear();
        Scene.Aws.Calls.Clear();
    }

    /// <summary>Waits for a message that is as it should be.</summary>
    internal async Task<SeenMessage> WhenAsync(Someone who, Func<SeenMessage, bool> isSo, string what) => (await ReadAsync(who, seen => seen.Any(isSo), what)).First(isSo);

    /// <summary>Types a line that is answered for everybody, and waits for the answer's end.</summary>
    internal async Task<SeenMessage> AskAsync(Someone who, string line)
    {
        await TypeAsync(who, line);
        return await AnswerAsync(who, $"`{line}` is answered");
    }

    /// <summary>Types a line whose answer is of use to the typist alone: a platform may tell it to nobody else.</summary>
    internal async Task<SeenMessage> AskAloneAsync(Someone who, string line)
    {
        await TypeAsync(who, line);
        var answer = await WhenAsync(who, message => !message.IsUnderWay && !_answers.Contains(message.Id), $"`{line}` is answered");
        _answers.Add(answer.Id);
        return answer;
    }

    /// <summary>Waits for the end of the next answer that everybody sees.</summary>
    internal async Task<SeenMessage> AnswerAsync(Someone who, string what)
    {
        var answer = await WhenAsync(who, message => message is { IsPrivate: false, IsUnderWay: false } && !_answers.Contains(message.Id), what);
        _answers.Add(answer.Id);
        return answer;
    }

    /// <summary>Waits for the next thing that the person alone hears.</summary>
    internal async Task<SeenMessage> HearAsync(Someone who, string what)
    {
        var answer = await WhenAsync(who, message => message.IsPrivate && !_answers.Contains(message.Id), what);
        _answers.Add(answer.Id);
        return answer;
    }

    /// <summary>Presses a button whose outcome the presser alone hears.</summary>
    internal async Task<string> ToldAsync(Someone who, SeenMessage on, string value)
    {
        await PressAsync(who, on, value);
        return (await HearAsync(who, $"{NameOf(who)} hears what came of `{value}`")).Words;
    }

    /// <summary>Presses a button below a suggestion, and waits until nothing is under way and the suggestion says the outcome.</summary>
    internal async Task<SeenMessage> PressAsync(Someone who, SeenMessage on, string suggestion, string label, string outcome)
    {
        await PressAsync(who, on, Of(on, suggestion).Button(label));
        return await SaysAsync(who, on, suggestion, outcome);
    }

    internal Task<SeenMessage> SaysAsync(Someone who, SeenMessage on, string suggestion, string outcome) => WhenAsync(
        who, message => message.Id == on.Id && !message.IsUnderWay && message.Suggestion(suggestion)?.Words.Contains(outcome, StringComparison.Ordinal) == true, $"`{suggestion}` says `{outcome}`");

    internal static SeenPart Of(SeenMessage on, string suggestion) => on.Suggestion(suggestion) ?? throw new Xunit.Sdk.XunitException($"No suggestion `{suggestion}` on:\n{on}");

    /// <summary>From now on, all is typed and seen in a conversation in which nothing was said.</summary>
    private protected abstract void Enter(int conversation);
}
