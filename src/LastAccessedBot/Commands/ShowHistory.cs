using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Commands;

/// <summary>The record, newest first, as a card for the whole conversation.</summary>
internal sealed class ShowHistory(IAuditTrail audit, IAccounts accounts, ChatSurfaces surfaces, IPeople people)
{
    private const int Most = 40;

    /// <param name="account">Without a name, the record is that of all accounts, and each entry says which it is about.</param>
    public async Task ShowAsync(string? about, AccountRef? account, Conversation conversation, CancellationToken cancellation)
    {
        if (account is { IsHome: false }) about += account.Suffix;
        var entries = await audit.ReadAsync(about, Most, cancellation);
        var title = about is null ? (Prose)"The record, newest first" : Prose.Of($"The record about {about.TrimStart()}, newest first");
        Card card = entries.IsEmpty
            ? Card.Of(about is null ? "Nothing is on record yet" : Prose.Of($"Nothing is on record about {about.TrimStart()}"))
            : Card.Of(title, new CardBlock.Table(["When (UTC)", "Who", "What", "Detail"],
                [.. entries.Select(entry => new TableRow([$"{entry.At:yyyy-MM-dd HH:mm:ss}", entry.Actor == "bot" ? "bot" : people.NameOf(entry.Actor), entry.Event + SuffixOf(entry), Detail(entry)]))]));
        await surfaces.PostAsync(conversation, card, cancellation);
    }

    /// <summary>Whether the record is whole. The answer's number and hash, noted anywhere, tell a later reader that it was not written anew either: chat itself is such a place.</summary>
    public async Task VerifyAsync(Conversation conversation, CancellationToken cancellation)
    {
        var verdict = await VerifyRecord.OfStoreAsync(audit, null, cancellation);
        await surfaces.PostAsync(conversation, verdict switch
        {
            { Fault: { } fault } => Card.Of("The record is not whole") with { Tone = Tone.Bad, Blocks = [new CardBlock.Paragraph(Prose.Of($"Reading it from its first entry, {Prose.Backticked(fault)}. What comes after that proves nothing; tell whoever keeps the bot's store."))] },
            { First: null } => Card.Of("Nothing is on record yet"),
            { First: { } first, Head: var head } => Card.Of((Prose)$"The record is whole: {head.Number - first + 1:N0} entries as they were written",
                new CardBlock.Paragraph(Prose.Of($"Its last entry is {head.ToString()}. Whoever notes that can tell later that nothing up to there was changed or taken out."))),
        }, cancellation);
    }

    private string SuffixOf(AuditEntry entry) => accounts.All.FirstOrDefault(one => !one.IsHome && entry.Subject.EndsWith(one.Suffix, StringComparison.OrdinalIgnoreCase))?.Suffix ?? "";

    private static Prose Detail(AuditEntry entry) => entry.ProposalId is { } id ? Prose.Of($"{id} {Prose.Backticked(entry.Detail)}") : Prose.Backticked(entry.Detail);
}
