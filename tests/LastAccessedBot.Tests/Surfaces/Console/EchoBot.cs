using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.Surfaces.Console;

/// <summary>Answers a line with a card that repeats it and has a button; the button turns the card, and tells the presser so.</summary>
internal sealed class EchoBot(IChatSurface surface) : IReceiveChat
{
    private static readonly Choice s_form = new("lend|1", "Lend", Form: new Form(Prose.Of($"Lend out {"a book"}"), [new Field.Text("to", "To whom?", 20), new Field.OneOf("days", "For how long?", [new Option("7", "a week"), new Option("30", "a month")], "30")]));

    public List<Click> Clicks { get; } = [];

    public Card? AnswerAtOnce(Typed typed) => null;

    public async Task ReceiveAsync(Typed typed, CancellationToken cancellation)
    {
        if (typed.Text == "/unused break") throw new InvalidOperationException("scripted");
        await surface.PostAsync(typed.In, CardFor(Prose.Of($"You said {typed.Text}"), Tone.Caution, [new Choice("approve|1", "Approve", ChoiceStyle.Primary, "Really?"), .. typed.Text == "/unused form" ? [s_form] : Array.Empty<Choice>()]), cancellation);
        if (typed.Text == "/unused secret") await surface.TellAsync(typed.In, typed.By, Card.Of("Only for you"), cancellation);
    }

    public async Task ReceiveAsync(Click click, CancellationToken cancellation)
    {
        Clicks.Add(click);
        await surface.UpdateAsync(click.On!, CardFor(Prose.Of($"Approved by {click.By.Name}"), Tone.Good), cancellation);
        await surface.TellAsync(click.In, click.By, Card.Of("You approved this"), cancellation);
    }

    private static Card CardFor(Prose title, Tone tone, params Choice[] choices) => new(title, tone, [new CardBlock.Facts([new Fact("Tracking period", "400 days")])], [.. choices]);
}
