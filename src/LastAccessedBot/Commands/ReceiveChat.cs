using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Commands;

/// <summary>The door that every surface knocks at: lines go to the verb's handler, presses to theirs.</summary>
internal sealed class ReceiveChat(
    IReviews reviews, IBackgroundWork work, ReceiveClick clicks, ApproveTogether together, ChatSurfaces surfaces, Homes homes, ShowHistory history, LinkReport reports, Subscribe subscribe, NameOwners owners, KeepTargets keeps, StartSweep sweep, TimeProvider time) : IReceiveChat
{
    public Card? AnswerAtOnce(Typed typed) => CommandGrammar.Parse(typed.Text) switch
    {
        Parsed<Command>.Bad { Why: var why } => ReviewCards.Refused(why),
        Parsed<Command>.Ok { Value: Command.Help } => HelpCard.For(typed.By),
        _ => null,
    };

    public Task ReceiveAsync(Typed typed, CancellationToken cancellation) => AnswerAtOnce(typed) is { } answer
        ? surfaces.TellAsync(typed.In, typed.By, answer, cancellation)
        : ObeyAsync(((Parsed<Command>.Ok)CommandGrammar.Parse(typed.Text)).Value, typed.By, typed.In, cancellation);

    public async Task ReceiveAsync(Click click, CancellationToken cancellation)
    {
        switch (ChoiceId.Read(click.Choice))
        {
            case ChoiceId.OnProposal on:
                await clicks.PressAsync(click.By, click.In, click.On, on, click.Inputs, cancellation);
                break;
            case ChoiceId.Together several:
                await together.PressAsync(click.By, click.In, click.On, several, cancellation);
                break;
            case ChoiceId.Run run:
                await ReceiveAsync(new Typed(click.By, click.In, run.Command), cancellation);
                break;
            case ChoiceId.Page page when await reviews.FindAsync(page.ReviewId, cancellation) is { } review && review.Message == click.On && AnswerPages.Of(review, page.Number) is { } card:
                await surfaces.UpdateAsync(review.Message, card, cancellation);
                break;
            case ChoiceId.Home home when click.On is null:
                await homes.OpenAsync(click.By, home.Number, cancellation);
                break;
            default:
                await surfaces.TellAsync(click.In, click.By, ReviewCards.Refused(new Refusal("This button means nothing to me", "type `/unused help`")), cancellation);
                break;
        }
    }

    private Task ObeyAsync(Command command, Person person, Conversation conversation, CancellationToken cancellation) => command switch
    {
        Command.Review review => AskAsync(new Inquiry(review.Kind, review.Name, review.Window), person, conversation, cancellation),
        Command.Ask ask => AskAsync(new Inquiry(ask.Kind, ask.Name, ask.Window, ask.Question), person, conversation, cancellation),
        Command.AboutService about => AskAsync(new Inquiry(about.Kind, about.Name, ReviewWindow.Default, Service: about.Asked), person, conversation, cancellation),
        Command.Sweep { Order: SweepOrder.Policies policies } => AskAsync(new Inquiry(null, null, policies.Window), person, conversation, cancellation),
        Command.Sweep { Order: SweepOrder.Account account } => sweep.AskAsync(account.Again, person, conversation, cancellation),
        Command.History { Verify: true } => history.VerifyAsync(conversation, cancellation),
        Command.History about => history.ShowAsync(about.About, conversation, cancellation),
        Command.Report report => reports.AnswerAsync(report.Kind, report.Name, report.Window, person, conversation, cancellation),
        Command.Subscriptions subscriptions => subscribe.ObeyAsync(subscriptions.Order, person, conversation, cancellation),
        Command.Keeps kept => keeps.ObeyAsync(kept.Order, person, conversation, cancellation),
        Command.Owners named => owners.ObeyAsync(named.Order, person, conversation, cancellation),
        Command.Undo undo => clicks.PressAsync(person, conversation, null, new ChoiceId.OnProposal(Press.Undo, undo.ProposalId), ImmutableDictionary<string, string>.Empty, cancellation),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // The card stands before the row, and the row before the job: a kill in between leaves a card without an answer, never an answer without a card.
    private async Task AskAsync(Inquiry asked, Person person, Conversation conversation, CancellationToken cancellation)
    {
        var message = await surfaces.PostAsync(conversation, ReviewCards.UnderWay(asked, "On it …"), cancellation);
        var now = time.GetUtcNow();
        var review = new ReviewRecord(ShortId.New(), asked, person.Key(), message, ReviewState.Waiting, now);
        await reviews.AddAsync(review, new AuditEntry(now, person.Key(), "asked", review.Id, null, asked.Name ?? "policies", $"`{ReviewCards.Command(asked)}`"), cancellation);
        work.Review(review.Id);
    }
}
