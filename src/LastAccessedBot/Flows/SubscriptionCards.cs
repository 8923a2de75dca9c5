using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Schedules;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>The cards around subscriptions.</summary>
public static class SubscriptionCards
{
    private const int MostButtons = 10;

    public static Card UnderWay(string name) => Card.Of(Prose.Of($"Subscribing to {name}"), new CardBlock.Progress("Looking for it …", null));

    /// <param name="isNew">false where a schedule took the place of another.</param>
    public static Card Subscribed(Subscription subscription, Occurrence next, DateTimeOffset now, bool isNew) => new(
        Prose.Of($"{(isNew ? "Subscribed to" : "Changed the digest about"):w} ").Then(subscription.Subject.Prose), Tone.Good,
        [
            new CardBlock.Paragraph(Prose.Of($"A digest comes here {subscription.Rule.Sentence}: what became unused, what is open, what was decided. {(subscription.IsQuiet ? "Where nothing is new, it does not come." : "Where nothing is new, it is one line."):w}")),
            new CardBlock.Facts([new Fact("Next", Next(subscription, next, now))]),
        ],
        [Unsubscribe(subscription, "Unsubscribe")]);

    public static Card Unsubscribed(ReviewSubject subject) => Card.Of(
        Prose.Of($"No more digests here about ").Then(subject.Prose), new CardBlock.Paragraph(Prose.Of($"Its suggestions stay as they are. {$"/unused subscribe {subject.Words}"} begins anew.")));

    public static Card List(ImmutableArray<(Subscription Subscription, Occurrence? Next)> all, DateTimeOffset now, Func<string, string> nameOf) => all.IsEmpty
        ? Card.Of("Nothing is subscribed here", new CardBlock.Paragraph(Prose.Of($"{"/unused subscribe NAME"} brings a digest about it every Monday at 09:00; {"/unused subscribe NAME daily 07:30 Europe/Berlin"} says when.")))
        : new Card(
            all.Length == 1 ? "1 subscription here" : Prose.Of($"{all.Length} subscriptions here"), Tone.Neutral,
            [
                new CardBlock.Table(["About", "When", "Next", "By"], [.. all.Select(one => new TableRow(
                [
                    one.Subscription.Subject.Prose, one.Subscription.IsQuiet ? one.Subscription.Rule.Sentence.Then(", silent where nothing is new") : one.Subscription.Rule.Sentence,
                    one.Next is { } next ? Next(one.Subscription, next, now) : "never: this machine does not know the time zone any more", nameOf(one.Subscription.By),
                ]))]),
            ],
            [.. all.Take(MostButtons).Select(one => Unsubscribe(one.Subscription, $"Unsubscribe {Short(one.Subscription, all)}"))]);

    public static Card WhichOne(SubscriptionOrder.Subscribe order, string usualZone, ImmutableArray<ReviewSubject> subjects, bool isGuess) => new(
        isGuess ? Prose.Of($"No {order.Kind ?? "user, group, role or policy":w} is called {order.Name}") : Prose.Of($"Which {order.Name}?"), Tone.Neutral,
        [new CardBlock.Paragraph(!isGuess ? "There is more than one of that name. Choose:" : subjects.IsEmpty ? Prose.Of($"No name is near it either; {"/unused policies"} lists the policies.") : "Did you mean:")],
        [.. subjects.Select(subject => new Choice(new ChoiceId.Run($"/unused subscribe {subject.Bare} {order.Rule(usualZone).Words}{(order.IsQuiet ? " quiet" : "")}{subject.Suffix}").ToString(), subject.Prose.ToString()))]);

    public static Card Failed(string name, Refusal why) => new(
        Prose.Of($"Not subscribed to {name}"), Tone.Bad, [new CardBlock.Paragraph(Prose.Backticked($"{why.ToString().TrimEnd('.')}."), Tone.Bad), new CardBlock.Paragraph("Try again in a minute.")], []);

    private static Prose Next(Subscription subscription, Occurrence next, DateTimeOffset now) => next.Moment <= now
        ? "within a minute: it was due and did not come yet"
        : TimeZones.Find(subscription.Rule.Zone) is Parsed<TimeZoneInfo>.Ok { Value: var zone } ? $"{TimeZoneInfo.ConvertTime(next.Moment, zone):ddd yyyy-MM-dd HH:mm}" : $"{next.Moment:yyyy-MM-dd HH:mm} UTC";

    // Phones cut long buttons: the kind stands in the table above, and here where a name alone would not tell.
    private static string Short(Subscription one, ImmutableArray<(Subscription Subscription, Occurrence? Next)> all) =>
        all.Count(other => Name(other.Subscription) == Name(one)) == 1 ? Name(one) : $"{one.Subject.Prose}";

    private static string Name(Subscription one) => $"{one.Subject.Prose}".Split(' ', 2)[^1];

    private static Choice Unsubscribe(Subscription subscription, string label) => new(
        new ChoiceId.Run($"/unused unsubscribe {subscription.Subject.Words}").ToString(), label, Confirm: $"No more digests here about {subscription.Subject.Prose}?");
}
