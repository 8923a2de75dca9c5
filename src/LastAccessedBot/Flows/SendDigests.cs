using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Digests;
using LastAccessedBot.Core.Schedules;
using Microsoft.Extensions.Logging;

namespace LastAccessedBot.Flows;

/// <summary>
/// Sends what is due, each digest once. A digest is claimed by one write; another host takes over what a dying one left before it was being
/// posted. Where it died while posting, nobody can ask a chat platform whether the message is there: it is not posted again, and the next
/// digest tells of the time before it, too, and says so.
/// </summary>
public sealed partial class SendDigests(
    ISubscriptions subscriptions, IDigests digests, GatherDigest gather, GatherSwept swept, ShowDigest show, ChatSurfaces surfaces, TimeProvider time, ILogger<SendDigests> log)
{
    /// <summary>Longer than a target's review, and longer than a platform's patience with one message.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    /// <summary>So often a digest is begun before it is given up: with the pauses between, half a day.</summary>
    public const int MostTries = 15;

    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var left in (await digests.UnderWayAsync(cancellation)).Where(one => one.LeaseUntil <= now && surfaces.Reaches(one.In))) await TakeUpAsync(left, cancellation);
        foreach (var here in (await subscriptions.ActiveAsync(cancellation)).Where(one => surfaces.Reaches(one.In)).GroupBy(one => one.In))
        {
            ImmutableArray<(Subscription Subscription, Occurrence Occurrence)> due =
                [.. here.Select(one => (Subscription: one, Occurrence: Due(one, now))).Where(one => one.Occurrence is not null).Select(one => (one.Subscription, one.Occurrence!))];
            if (!due.IsEmpty && await ClaimAsync(here.Key, due, now, cancellation) is { } claimed) await SendAsync(claimed, cancellation);
        }
    }

    private Occurrence? Due(Subscription one, DateTimeOffset now)
    {
        if (TimeZones.Find(one.Rule.Zone) is Parsed<TimeZoneInfo>.Ok { Value: var zone }) return new Schedule(one.Rule, zone).Due(one.Since, one.LastFor, now);
        LogNoZone(one.Rule.Zone, one.Subject.Words);
        return null;
    }

    /// <summary>Null when another host was faster.</summary>
    private async Task<DigestRecord?> ClaimAsync(Conversation conversation, ImmutableArray<(Subscription Subscription, Occurrence Occurrence)> due, DateTimeOffset now, CancellationToken cancellation)
    {
        var moment = due.Max(one => one.Occurrence.Moment);
        var claimed = new DigestRecord(
            ShortId.New(), conversation, moment, due.Max(one => one.Subscription.Rule.Every), [.. due.Select(one => one.Subscription.Id)], DigestState.Claimed, 1, now + Lease);
        var moved = due.Select(one => (one.Subscription, one.Subscription with { LastFor = one.Occurrence.Day, Revision = one.Subscription.Revision + 1 })).ToImmutableArray();
        var entry = Entry(claimed, string.Join(", ", due.Select(one => one.Subscription.Subject.Words)), "digest-due", $"due at {moment:yyyy-MM-dd HH:mm} UTC", now);
        return await digests.ClaimAsync(claimed, moved, entry, cancellation) ? claimed : null;
    }

    private async Task TakeUpAsync(DigestRecord left, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (left.State == DigestState.Posting)
        {
            var unsure = left with { State = DigestState.Unsure, Revision = left.Revision + 1 };
            await digests.MoveAsync(left, unsure, Entry(left, Words(left), "digest-unsure", "a host stopped while it was posted; it is not posted again", now), cancellation);
            return;
        }
        if (left.Tries >= MostTries)
        {
            await FailAsync(left, "it was begun as often as a digest is", cancellation);
            return;
        }
        var taken = left with { LeaseUntil = now + Lease, Tries = left.Tries + 1, Revision = left.Revision + 1 };
        if (await digests.MoveAsync(left, taken, null, cancellation)) await SendAsync(taken, cancellation);
    }

    private async Task SendAsync(DigestRecord claimed, CancellationToken cancellation)
    {
        if (await GatherAsync(claimed, cancellation) is not { } gathered) return;
        var now = time.GetUtcNow();
        if (gathered.Content!.IsSilent)
        {
            var silent = gathered with { State = DigestState.Silent, Revision = gathered.Revision + 1 };
            await digests.EndAsync(gathered, silent, one => Remembered(one, silent, one.DigestId), Entry(silent, Words(silent), "digest-silent", "nothing was new", now), cancellation);
            return;
        }
        // Noted before the platform is asked: whoever finds this note alone knows that the message may be there.
        var posting = gathered with { State = DigestState.Posting, LeaseUntil = now + Lease, Revision = gathered.Revision + 1 };
        if (!await digests.MoveAsync(gathered, posting, null, cancellation)) return;
        var card = await show.DrawAsync(posting, cancellation);
        PostedMessage message;
        try
        {
            message = await surfaces.PostAsync(posting.In, card, cancellation);
        }
        catch (Exception failure) when (failure is IChatFailure { MayHaveHappened: false })
        {
            await AgainAsync(posting, failure, cancellation);
            return;
        }
        await SentAsync(posting, message, cancellation);
    }

    /// <summary>One target after the other: a report is a job of AWS's, and the account has one budget of calls. Null when another host took over, or nobody wants it any more.</summary>
    private async Task<DigestRecord?> GatherAsync(DigestRecord digest, CancellationToken cancellation)
    {
        var targets = new List<DigestTarget>();
        foreach (var id in digest.Subscriptions)
        {
            if (await subscriptions.FindAsync(id, cancellation) is not { IsActive: true } subscription) continue;
            targets.Add(await gather.TargetAsync(subscription, cancellation));
            var going = digest with { LeaseUntil = time.GetUtcNow() + Lease, Revision = digest.Revision + 1 };
            if (!await digests.MoveAsync(digest, going, null, cancellation)) return null;
            digest = going;
        }
        var last = await digests.LastAsync(digest.In, cancellation);
        var content = new Digest(time.GetUtcNow(), digest.Every, [.. targets.OrderByDescending(target => target.Weight)], last is { State: DigestState.Unsure or DigestState.Failed } ? last.Moment : null)
        {
            NeverCame = last is { State: DigestState.Failed },
            Beside = await swept.BesideAsync(digest.In, [.. targets], cancellation),
        };
        // Ended by everybody between its being due and now: as silent as one without news.
        return digest with { Content = targets.Count == 0 ? content with { NotSeen = null } : content };
    }

    private async Task SentAsync(DigestRecord posting, PostedMessage message, CancellationToken cancellation)
    {
        var before = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in posting.Subscriptions)
            if ((await subscriptions.FindAsync(id, cancellation))?.DigestId is { } last) before.Add(last);
        while (true)
        {
            var sent = posting with { State = DigestState.Sent, Message = message, Revision = posting.Revision + 1 };
            if (await digests.EndAsync(posting, sent, one => Remembered(one, sent, sent.Id), Entry(sent, Words(sent), "digest-sent", $"due at {sent.Moment:yyyy-MM-dd HH:mm} UTC", time.GetUtcNow()), cancellation)) break;
            // It took so long that another host gave it up for lost: it did come.
            if (await digests.FindAsync(posting.Id, cancellation) is not { State: DigestState.Unsure } late) return;
            posting = late;
        }
        foreach (var older in before) await show.RenewOneAsync(older, cancellation);
    }

    // Looked into afresh when it is tried again: by then it may be tomorrow.
    private async Task AgainAsync(DigestRecord posting, Exception failure, CancellationToken cancellation)
    {
        LogNotPosted(failure, posting.Id, posting.In.Surface, posting.In.Id, posting.Tries);
        if (posting.Tries >= MostTries)
        {
            await FailAsync(posting, failure.Message, cancellation);
            return;
        }
        var pause = TimeSpan.FromMinutes(Math.Min(s_longestPause.TotalMinutes, Math.Pow(2, posting.Tries - 1)));
        await digests.MoveAsync(posting, posting with { State = DigestState.Claimed, Content = null, LeaseUntil = time.GetUtcNow() + pause, Revision = posting.Revision + 1 }, null, cancellation);
    }

    private Task FailAsync(DigestRecord digest, string why, CancellationToken cancellation) => digests.MoveAsync(
        digest, digest with { State = DigestState.Failed, Revision = digest.Revision + 1 }, Entry(digest, Words(digest), "digest-failed", $"given up: {why.Replace('`', '\'')}", time.GetUtcNow()), cancellation);

    private static Subscription Remembered(Subscription one, DigestRecord digest, string? shownBy) => digest.Content!.Targets.FirstOrDefault(target => target.SubscriptionId == one.Id) is not { } target
        ? one
        : one with { Memory = target.Memory ?? one.Memory, ReviewId = target.ReviewId ?? one.ReviewId, DigestId = shownBy, Revision = one.Revision + 1 };

    private static string Words(DigestRecord digest) => digest.Content is { Targets: { IsEmpty: false } targets } ? string.Join(", ", targets.Select(target => target.Subject.Words)) : "digest";

    private static AuditEntry Entry(DigestRecord digest, string subject, string what, string detail, DateTimeOffset now) => new(now, "bot", what, null, null, subject, $"digest `{digest.Id}`: {detail}");

    [LoggerMessage(Level = LogLevel.Error, Message = "This machine does not know the time zone {Zone} any more: the digest about {Subject} waits")]
    private partial void LogNoZone(string zone, string subject);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Digest {DigestId} was not taken in {Surface} {Conversation}, try {Tries}")]
    private partial void LogNotPosted(Exception failure, string digestId, string surface, string conversation, int tries);
}
