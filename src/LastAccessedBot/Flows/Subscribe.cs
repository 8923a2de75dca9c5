using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Schedules;
using LastAccessedBot.Core.Trims;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>
/// Subscribes a conversation to a target, ends that, and lists what is subscribed. Whoever may talk to the bot may: a digest tells the
/// conversation nothing that anybody in it could not ask for, and decides nothing.
/// </summary>
/// <remarks>The name is looked up while the asker waits, for a subscription to nothing would be found out on Monday. The price: AWS's patience is theirs.</remarks>
public sealed class Subscribe(ISubscriptions subscriptions, FindSubject find, ChatSurfaces surfaces, IPeople people, IOptionsMonitor<DigestOptions> options, TimeProvider time)
{
    /// <param name="account">Where the target is; null for the home account without a name.</param>
    public Task ObeyAsync(SubscriptionOrder order, AccountRef? account, Person person, Conversation conversation, CancellationToken cancellation) => order switch
    {
        SubscriptionOrder.Subscribe subscribe => SubscribeAsync(subscribe, account, person, conversation, cancellation),
        SubscriptionOrder.Unsubscribe unsubscribe => UnsubscribeAsync(unsubscribe, account, person, conversation, cancellation),
        SubscriptionOrder.List => ListAsync(conversation, cancellation),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task SubscribeAsync(SubscriptionOrder.Subscribe order, AccountRef? account, Person person, Conversation conversation, CancellationToken cancellation)
    {
        var zone = order.Zone ?? options.CurrentValue.TimeZone;
        var message = await surfaces.PostAsync(conversation, SubscriptionCards.UnderWay(order.Name), cancellation);
        Finding finding;
        try
        {
            finding = await find.AsTypedAsync(order.Kind, order.Name, account, cancellation);
        }
        catch (AwsFailureException failure)
        {
            var why = failure is AwsRefusedException refused ? AwsWords.Of(refused) : new Refusal($"AWS did not answer: {failure.Message}");
            await surfaces.EndPrivatelyAsync(message, person, SubscriptionCards.Failed(order.Name, why), cancellation);
            return;
        }
        switch (finding)
        {
            case Finding.Found { Subject: var subject }:
                await SubscribeAsync(subject, order.Rule(zone), order.IsQuiet, person, message, cancellation);
                break;
            case Finding.Ambiguous { Subjects: var subjects }:
                await surfaces.EndPrivatelyAsync(message, person, SubscriptionCards.WhichOne(order, zone, subjects, isGuess: false), cancellation);
                break;
            case Finding.Unknown { Near: var near }:
                await surfaces.EndPrivatelyAsync(message, person, SubscriptionCards.WhichOne(order, zone, near, isGuess: true), cancellation);
                break;
        }
    }

    private async Task SubscribeAsync(ReviewSubject subject, DigestRule rule, bool isQuiet, Person person, PostedMessage message, CancellationToken cancellation)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var known = (await subscriptions.InAsync(message.Conversation, cancellation)).FirstOrDefault(one => IsAbout(one, subject.Words));
            var to = known is null
                ? new Subscription(ShortId.New(), message.Conversation, subject, rule, isQuiet, person.Key(), message, now, true, 1)
                // What was sent stays sent; what came while nobody wanted it is not made up for.
                : known with { Subject = subject, Rule = rule, IsQuiet = isQuiet, By = person.Key(), Message = message, Since = known.IsActive ? known.Since : now, IsActive = true, Revision = known.Revision + 1 };
            var isNew = known is not { IsActive: true };
            var entry = new AuditEntry(now, person.Key(), isNew ? "subscribed" : "subscription-changed", null, null, subject.Words, $"a digest {rule.Sentence.InBackticks()}{(isQuiet ? ", silent where nothing is new" : "")}");
            if (!await subscriptions.WriteAsync(known, to, entry, cancellation)) continue;
            await surfaces.UpdateAsync(message, SubscriptionCards.Subscribed(to, Next(to, now)!, now, isNew), cancellation);
            return;
        }
    }

    private async Task UnsubscribeAsync(SubscriptionOrder.Unsubscribe order, AccountRef? account, Person person, Conversation conversation, CancellationToken cancellation)
    {
        while (true)
        {
            var active = (await subscriptions.InAsync(conversation, cancellation)).Where(one => one.IsActive).ToArray();
            var meant = active.Where(one => one.Subject.In?.Id == account?.Id && IsCalled(one, order.Kind, order.Name)).ToArray();
            if (meant is not [var known])
            {
                await surfaces.TellAsync(conversation, person, ReviewCards.Refused(NotOne(order, account, meant, active)), cancellation);
                return;
            }
            var now = time.GetUtcNow();
            var entry = new AuditEntry(now, person.Key(), "unsubscribed", null, null, known.Subject.Words, $"no more digests {known.Rule.Sentence.InBackticks()}");
            if (!await subscriptions.WriteAsync(known, known with { IsActive = false, Revision = known.Revision + 1 }, entry, cancellation)) continue;
            await surfaces.PostAsync(conversation, SubscriptionCards.Unsubscribed(known.Subject), cancellation);
            return;
        }
    }

    private async Task ListAsync(Conversation conversation, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var active = (await subscriptions.InAsync(conversation, cancellation)).Where(one => one.IsActive);
        await surfaces.PostAsync(conversation, SubscriptionCards.List([.. active.Select(one => (one, Next(one, now)))], now, people.NameOf), cancellation);
    }

    private static Refusal NotOne(SubscriptionOrder.Unsubscribe order, AccountRef? account, Subscription[] meant, Subscription[] active)
    {
        var typed = (order.Kind is null ? order.Name : $"{order.Kind} {order.Name}") + account?.Suffix;
        return meant.Length > 1 ? new Refusal($"`{typed}` may be {Listed(meant, " or ")}", $"write `/unused unsubscribe {meant[0].Subject.Words}`")
            : active.Length > 0 ? new Refusal($"`{typed}` is not subscribed here", $"subscribed are {Listed(active, ", ")}")
            : new Refusal($"`{typed}` is not subscribed here, and nothing else is", "type `/unused subscribe NAME` to begin");
    }

    private static string Listed(IEnumerable<Subscription> all, string separator) => string.Join(separator, all.Select(one => $"`{one.Subject.Words}`"));

    private static bool IsAbout(Subscription one, string words) => string.Equals(one.Subject.Words, words, StringComparison.OrdinalIgnoreCase);

    // Units and accounts are spoken of by their names, and told apart by their ids.
    private static bool IsCalled(Subscription one, string? kind, string name)
    {
        var (ofKind, id) = one.Subject.Bare.Split(' ', 2) is [var first, var rest] ? (first, rest) : ("", one.Subject.Bare);
        var called = one.Subject is ReviewSubject.OfEntity { Entity.Name: var entity } ? entity : id;
        return (kind is null || kind == ofKind) && (string.Equals(id, name, StringComparison.OrdinalIgnoreCase) || string.Equals(called, name, StringComparison.OrdinalIgnoreCase) || (kind == "root" && name == Inquiry.TheRoot));
    }

    private static Occurrence? Next(Subscription one, DateTimeOffset now) => TimeZones.Find(one.Rule.Zone) is Parsed<TimeZoneInfo>.Ok { Value: var zone }
        ? new Schedule(one.Rule, zone).Next(one.Since, one.LastFor, now)
        : null;
}
