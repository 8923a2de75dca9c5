using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Trims;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>Tells and changes who owns something, and who decides for somebody who is away. Admins and owners change owners; everybody says for themselves that they are away.</summary>
public sealed class NameOwners(
    IOwners owners, FindSubject find, AuthorityOf authority, IEnumerable<IDirectory> directories, ChatSurfaces surfaces, IPeople people, IOptionsMonitor<ApprovalOptions> options, TimeProvider time)
{
    /// <param name="account">Where what is owned is; null for the home account without a name.</param>
    public Task ObeyAsync(OwnerOrder order, AccountRef? account, Person person, Conversation conversation, CancellationToken cancellation) => order switch
    {
        OwnerOrder.List list => OnSubjectAsync(list.Kind, list.Name, account, person, conversation, (subject, message) => ListAsync(subject, message, cancellation), cancellation),
        OwnerOrder.Add add => OnSubjectAsync(add.Kind, add.Name, account, person, conversation, (subject, message) => ChangeAsync(subject, add.Mentions, isAdded: true, person, message, cancellation), cancellation),
        OwnerOrder.Remove remove => OnSubjectAsync(remove.Kind, remove.Name, account, person, conversation, (subject, message) => ChangeAsync(subject, remove.Mentions, isAdded: false, person, message, cancellation), cancellation),
        OwnerOrder.NotMine not => OnSubjectAsync(not.Kind, not.Name, account, person, conversation, (subject, message) => DeclineAsync(subject, not.To, person, message, cancellation), cancellation),
        OwnerOrder.Away away => AwayAsync(away, person, conversation, cancellation),
        OwnerOrder.Back => BackAsync(person, conversation, cancellation),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task OnSubjectAsync(string? kind, string name, AccountRef? account, Person person, Conversation conversation, Func<ReviewSubject, PostedMessage, Task> then, CancellationToken cancellation)
    {
        var message = await surfaces.PostAsync(conversation, OwnerCards.UnderWay(name), cancellation);
        switch (await find.OneAsync(kind, name, account, cancellation))
        {
            case Parsed<ReviewSubject>.Ok { Value: var subject }:
                await then(subject, message);
                break;
            case Parsed<ReviewSubject>.Bad { Why: var why }:
                await EndAsync(message, person, why, cancellation);
                break;
        }
    }

    private async Task ListAsync(ReviewSubject subject, PostedMessage message, CancellationToken cancellation) =>
        await surfaces.UpdateAsync(message, await DrawAsync(subject, null, cancellation), cancellation);

    private async Task ChangeAsync(ReviewSubject subject, ImmutableArray<string> mentions, bool isAdded, Person person, PostedMessage message, CancellationToken cancellation)
    {
        var parties = new List<Party>();
        foreach (var mention in mentions)
        {
            if (await DirectoryOf(person).ResolveAsync(message.Conversation, mention, cancellation) is not { } found)
            {
                await EndAsync(message, person, Nobody(mention), cancellation);
                return;
            }
            parties.Add(found.Party);
        }
        await WriteAsync(
            subject, person, message,
            known => parties.Aggregate(known, (one, party) => isAdded ? one.With(party) : one.Without(party.Key)),
            isAdded ? "owner-added" : "owner-removed", string.Join(", ", parties.Select(party => $"`{party.Name}` (`{party.Key}`)")), cancellation);
    }

    private async Task DeclineAsync(ReviewSubject subject, string? to, Person person, PostedMessage message, CancellationToken cancellation)
    {
        var next = to is null ? null : await DirectoryOf(person).ResolveAsync(message.Conversation, to, cancellation);
        if (to is not null && next is null)
        {
            await EndAsync(message, person, Nobody(to), cancellation);
            return;
        }
        var all = options.CurrentValue.ToAuthority().With(await owners.AllAsync(cancellation)).OwnersOf(subject.Words);
        if (!all.Contains(person.Key()))
        {
            var isMember = (await authority.ForAsync(person, cancellation)).OwnersOf(subject.Words).Contains(person.Key());
            await EndAsync(message, person, isMember
                ? new Refusal($"You own `{subject.Words}` as a member of a group, or in somebody's place", $"take the group out: `/unused owner {subject.Bare} remove @group{subject.Suffix}`")
                : new Refusal($"`{subject.Words}` is not yours already", $"`/unused owner {subject.Words}` tells whose it is"), cancellation);
            return;
        }
        await WriteAsync(
            subject, person, message,
            known => next is null ? known.Without(person.Key()) : known.Without(person.Key()).With(next.Party),
            "owner-declined", next is null ? $"`{person.Name}` does not own it" : $"`{person.Name}` does not own it, and says that `{next.Party.Name}` (`{next.Party.Key}`) does", cancellation);
    }

    private async Task WriteAsync(ReviewSubject subject, Person person, PostedMessage message, Func<Ownership, Ownership> change, string what, string detail, CancellationToken cancellation)
    {
        while (true)
        {
            var rights = await authority.ForAsync(person, cancellation);
            if (!rights.MayDecide(person.Key(), subject))
            {
                await EndAsync(message, person, rights.MayNot(person.Key(), subject, people.NameOf) with { Message = $"You may not say who owns `{subject.Words}`" }, cancellation);
                return;
            }
            var known = await owners.FindAsync(subject.Words, cancellation);
            var to = change(known ?? Ownership.Nobody(subject.Words)) with { Revision = (known?.Revision ?? 0) + 1 };
            if (!await owners.WriteAsync(known, to, new AuditEntry(time.GetUtcNow(), person.Key(), what, null, null, subject.Words, detail), cancellation)) continue;
            await surfaces.UpdateAsync(message, await DrawAsync(subject, person, cancellation), cancellation);
            return;
        }
    }

    private async Task AwayAsync(OwnerOrder.Away order, Person person, Conversation conversation, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var until = order.Until is { } day ? new DateTimeOffset(day.AddDays(1), default, TimeSpan.Zero) : now.AddDays(order.Days!.Value);
        var deputy = await DirectoryOf(person).ResolveAsync(conversation, order.Mention, cancellation);
        Refusal? why = deputy is null ? Nobody(order.Mention)
            : deputy.IsGroup ? new Refusal($"`{deputy.Party.Name}` is a group", "one person decides in another's place")
            : deputy.Party.Key == person.Key() ? new Refusal("You cannot decide in your own place", "name somebody else")
            : until <= now ? new Refusal($"`{order.Until:yyyy-MM-dd}` is over", "write the last day that you are away")
            : null;
        if (why is not null)
        {
            await surfaces.TellAsync(conversation, person, ReviewCards.Refused(why), cancellation);
            return;
        }
        await WriteAsync(person, known => new Absence(person.Key(), deputy!.Party, until, (known?.Revision ?? 0) + 1), "away", $"`{deputy!.Party.Name}` (`{deputy.Party.Key}`) decides in their place until {until:yyyy-MM-dd HH:mm} UTC", cancellation);
        await surfaces.PostAsync(conversation, OwnerCards.Away(person, deputy.Party, until), cancellation);
    }

    private async Task BackAsync(Person person, Conversation conversation, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (await owners.AbsenceOfAsync(person.Key(), cancellation) is not { } absence || absence.Until <= now)
        {
            await surfaces.TellAsync(conversation, person, ReviewCards.Refused(new Refusal("You are not away", "`/unused away @person 14d` lets somebody decide in your place")), cancellation);
            return;
        }
        await WriteAsync(person, known => known! with { Until = now, Revision = known.Revision + 1 }, "back", $"`{absence.Deputy.Name}` decides in their place no more", cancellation);
        await surfaces.PostAsync(conversation, OwnerCards.Back(person, absence.Deputy), cancellation);
    }

    private async Task WriteAsync(Person person, Func<Absence?, Absence> change, string what, string detail, CancellationToken cancellation)
    {
        while (true)
        {
            var known = await owners.AbsenceOfAsync(person.Key(), cancellation);
            if (await owners.WriteAsync(known, change(known), new AuditEntry(time.GetUtcNow(), person.Key(), what, null, null, "owners", detail), cancellation)) return;
        }
    }

    /// <param name="changedBy">null where nothing was changed.</param>
    private async Task<Core.Cards.Card> DrawAsync(ReviewSubject subject, Person? changedBy, CancellationToken cancellation)
    {
        var settings = options.CurrentValue.ToAuthority();
        return OwnerCards.Of(subject, settings, await owners.FindAsync(subject.Words, cancellation) ?? Ownership.Nobody(subject.Words), await owners.AbsencesAsync(time.GetUtcNow(), cancellation), changedBy, people.NameOf);
    }

    private IDirectory DirectoryOf(Person person) => directories.FirstOrDefault(one => one.Surface == person.Surface) ?? throw new InvalidOperationException($"No directory knows the people of `{person.Surface}`.");

    private Task EndAsync(PostedMessage message, Person person, Refusal why, CancellationToken cancellation) => surfaces.EndPrivatelyAsync(message, person, ReviewCards.Refused(why), cancellation);

    private static Refusal Nobody(string mention) => new($"`@{mention}` is nobody that I know here", "pick the person or group from the list that opens after `@`; guests and bots own nothing");
}
