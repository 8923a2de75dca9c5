using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Digests;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>Looks into a subscription's target once more, so that its proposals exist, are open and rest on today's evidence, and works out what is new.</summary>
public sealed partial class GatherDigest(
    IReviews reviews, IProposals proposals, IAuditTrail audit, GatherFacts gather, StoreAnswer store, NoteOwners owners, IOptionsMonitor<GuardOptions> guards, TimeProvider time, ILogger<GatherDigest> log)
{
    /// <summary>More decisions than this between two digests are told by the record.</summary>
    private const int MostDecided = 100;

    /// <summary>Never throws for what AWS does: a target without an answer is said to be one.</summary>
    public async Task<DigestTarget> TargetAsync(Subscription subscription, CancellationToken cancellation)
    {
        try
        {
            return await AnswerAsync(subscription, cancellation);
        }
        catch (AwsRefusedException refused)
        {
            return Unknown(subscription, AwsWords.Of(refused));
        }
        catch (AwsUnreachableException unreachable)
        {
            LogUnreachable(unreachable, subscription.Subject.Words);
            return Unknown(subscription, new Refusal($"AWS did not answer: {unreachable.Message}", $"`/unused {subscription.Subject.Words}` tries again"));
        }
    }

    private async Task<DigestTarget> AnswerAsync(Subscription subscription, CancellationToken cancellation)
    {
        var subject = subscription.Subject;
        var asked = AskedFor(subject);
        // Before the answer that follows takes the place of those that know what the trims took away.
        var decided = await proposals.DecidedAsync(new Concern([subject.Words], ""), MostDecided, cancellation);
        var answers = new Dictionary<string, AccessReview?>(StringComparer.Ordinal);
        foreach (var id in decided.Select(proposal => proposal.ReviewId).Distinct()) answers[id] = (await reviews.FindAsync(id, cancellation))?.Answer;
        var gone = DigestNews.Gone(decided, subscription.Memory?.At, id => answers[id]);

        var read = await audit.HeadAsync(cancellation);
        if (await gather.AboutAsync(subject, asked, null, cancellation) is not { } facts)
            return Unknown(subscription, new Refusal($"`{subject.Words}` does not exist any more", $"`/unused unsubscribe {subject.Words}` ends its digests"));
        if (facts.Report is AccessReport.Failed failed) return Unknown(subscription, new Refusal($"AWS could not write the report: `{failed.Code}`: {failed.Message.TrimEnd('.')}", $"`/unused {subject.Words}` tries again"));
        await owners.FromTagAsync(facts, cancellation);
        var answer = TrimPlanner.Plan(facts, guards.CurrentValue.ToGuards());
        var review = await store.RenewAsync(answer, read, subscription.ReviewId, () => new ReviewRecord(
            ShortId.New(), asked, subscription.By, subscription.Message, ReviewState.Answered, time.GetUtcNow(), answer)
        { Cards = [] }, cancellation);
        if (review is null) return await AnswerAsync(subscription, cancellation);
        var standing = await proposals.OfReviewAsync(review, cancellation);
        ImmutableArray<Proposal> all = [.. decided.Concat(standing.Where(proposal => !proposal.IsUnderWay && proposal.State != ProposalState.Proposed)).DistinctBy(proposal => proposal.Id)];
        return new DigestNews(subscription.Since, subscription.Memory, answer, standing, all, gone).Target(subscription.Id, review, subscription.IsQuiet);
    }

    // As if it were typed, so that whoever types it shares the proposals.
    private static Inquiry AskedFor(ReviewSubject subject)
    {
        var (kind, name) = subject.Bare.Split(' ', 2) is [var first, var rest] ? (first, rest) : ("", subject.Bare);
        return new Inquiry(kind, name, subject is ReviewSubject.OfEntity ? ReviewWindow.OfOrganization : ReviewWindow.Default, In: subject.In);
    }

    private static DigestTarget Unknown(Subscription subscription, Refusal why) => DigestTarget.Unknown(subscription.Id, subscription.Subject, subscription.Memory?.At, subscription.IsQuiet, why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "AWS was unreachable for the digest about {Subject}")]
    private partial void LogUnreachable(Exception unreachable, string subject);
}
