using System.Text.Json.Nodes;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Teams.AdaptiveCards;
using LastAccessedBot.Surfaces.Teams.Payloads;

namespace LastAccessedBot.Surfaces.Teams;

/// <summary>What stands in dialogs: the details of a card by pages, and forms. All of it from the card as it was posted last, never from what a client sends.</summary>
internal sealed class Dialogs(IPostedCards cards, IProposals proposals, IReviews reviews)
{
    public async Task<JsonObject> DetailsAsync(Activity activity, CardData.OpenDetails asked, CancellationToken cancellation) =>
        Shown(await FindAsync(activity, asked.On, asked.Part, cancellation) is var (on, card) ? DetailsDialog.Render(card, asked.Part, asked.Page, on, ShortId.New()) : DetailsDialog.Gone());

    public async Task<JsonObject> FormAsync(Activity activity, CardData.OpenForm asked, CancellationToken cancellation) =>
        Shown(await FindAsync(activity, asked.On, asked.Choice, cancellation) is var (on, card) && card.Find(asked.Choice) is { Form: not null } choice ? FormDialog.Render(choice, on, ShortId.New()) : FormDialog.Gone());

    /// <summary>
    /// The form once more, with what is wrong with what somebody filled in; null where nothing is. Of a form that its card does not show any
    /// more nothing is: that it is too late is for the flow to say, and there the inputs are read once more.
    /// </summary>
    public async Task<JsonObject?> AgainAsync(Activity activity, CardData.SubmitForm given, CancellationToken cancellation) =>
        await FindAsync(activity, given.On, given.Choice, cancellation) is var (on, card) && card.Find(given.Choice) is { Form: { } form } choice && form.Faults(given.Inputs) is { IsEmpty: false } faults
            ? Shown(FormDialog.Render(choice, on, ShortId.New(), given.Inputs, faults))
            : null;

    /// <summary>The message that a dialog belongs to, and its card. Where a client does not say which, it is the one that shows the proposal in this conversation.</summary>
    private async Task<(string On, Card Card)?> FindAsync(Activity activity, string? on, string about, CancellationToken cancellation)
    {
        var place = activity.Place.Conversation;
        if ((on ?? activity.ReplyTo) is { } named && await cards.FindAsync(new PostedMessage(place, named), cancellation) is { } card) return (named, card);
        var proposal = await proposals.FindAsync(ChoiceId.Read(about) is ChoiceId.OnProposal press ? press.ProposalId : about, cancellation);
        return proposal is not null && (await reviews.FindAsync(proposal.ReviewId, cancellation))?.Cards.FirstOrDefault(one => one.Conversation == place) is { } message
            && await cards.FindAsync(message, cancellation) is { } found
            ? (message.Id, found)
            : null;
    }

    private static JsonObject Shown(CardDialog dialog) => new()
    {
        ["task"] = new JsonObject
        {
            ["type"] = "continue",
            ["value"] = new JsonObject { ["title"] = dialog.Title, ["height"] = "large", ["width"] = "large", ["card"] = TeamsMessage.Attachment(dialog.Card) },
        },
    };
}
