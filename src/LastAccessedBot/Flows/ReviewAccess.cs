using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Explanations;
using LastAccessedBot.Core.Trims;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>Answers a review that was asked for: finds the subject, gets the report, plans, proposes, and shows the card.</summary>
public sealed partial class ReviewAccess(
    IReviews reviews,
    IAuditTrail audit,
    FindSubject find,
    GatherFacts gather,
    IAccounts accounts,
    RankPolicies rank,
    StoreAnswer store,
    NoteOwners owners,
    ExplainService explain,
    ChatSurfaces surfaces,
    IPeople people,
    IOptionsMonitor<GuardOptions> guards,
    ITurns turns,
    TimeProvider time,
    ILogger<ReviewAccess> log)
{
    private const int MostUsersLookups = 12, MostActions = 25;

    /// <summary>Does nothing for a review that has its answer: a repeated delivery is harmless.</summary>
    public async Task RunAsync(string reviewId, CancellationToken cancellation)
    {
        await using var turn = await turns.TakeAsync(Turn.Review(reviewId), cancellation);
        if (await reviews.FindAsync(reviewId, cancellation) is not { State: ReviewState.Waiting } review) return;
        var isAnswered = true;
        try
        {
            if (review.Asked.Name is null) await rank.AnswerAsync(review, cancellation);
            else await AnswerAsync(review, review.Asked.Name, cancellation);
        }
        catch (AwsRefusedException refused)
        {
            isAnswered = false;
            await FailAsync(review, AwsWords.Of(refused), cancellation);
        }
        catch (AwsUnreachableException unreachable)
        {
            LogUnreachable(unreachable, review.Id);
            isAnswered = false;
            await FailAsync(review, new Refusal($"AWS did not answer: {unreachable.Message}", "retry in a minute"), cancellation);
        }
        Measures.Answered(review.Asked.Question, isAnswered, time.GetUtcNow() - review.AskedAt);
    }

    private async Task AnswerAsync(ReviewRecord review, string name, CancellationToken cancellation)
    {
        var read = await audit.HeadAsync(cancellation);
        switch (await find.AsTypedAsync(review.Asked.Kind, name, review.Asked.In, cancellation))
        {
            case Finding.Ambiguous ambiguous:
                await EndAsync(review, ReviewCards.Ambiguous(review.Asked, ambiguous.Subjects), $"`{name}` is ambiguous", cancellation);
                break;
            case Finding.Unknown unknown:
                await EndAsync(review, ReviewCards.Unknown(review.Asked, unknown.Near), $"`{name}` does not exist", cancellation);
                break;
            case Finding.Found { Subject: ReviewSubject.OfPolicy policy } when review.Asked.Service is { Question: ServiceQuestion.Why } why:
                var who = new ServiceAsked(ServiceQuestion.Who, why.Service).Command(policy);
                await EndAsync(review, ReviewCards.Refused(new Refusal($"`{name}` is a policy: it gives, and has nothing itself", $"type `{who}` for those whom it serves")), $"`{policy.Words}` has nothing itself", cancellation);
                break;
            case Finding.Found found:
                await AboutAsync(review, found, read, cancellation);
                break;
        }
    }

    private async Task AboutAsync(ReviewRecord review, Finding.Found found, ChainHead read, CancellationToken cancellation)
    {
        await surfaces.UpdateAsync(review.Message, ReviewCards.UnderWay(review.Asked, "AWS is writing the last-accessed report …"), cancellation);
        // What was changed while it was read is read anew.
        for (var organization = found.Organization; !await StoreAsync(review, found.Subject, organization, read, cancellation); organization = null) read = await audit.HeadAsync(cancellation);
    }

    private async Task<bool> StoreAsync(ReviewRecord review, ReviewSubject subject, IOrganizationReading? organization, ChainHead read, CancellationToken cancellation)
    {
        var progress = new ReportOnCard(surfaces, review, cancellation);
        var facts = await gather.AboutAsync(subject, review.Asked, progress, cancellation, organization);
        await progress.SettleAsync();
        if (facts is null)
        {
            await EndAsync(review, ReviewCards.Unknown(review.Asked, []), $"`{subject.Words}` does not exist", cancellation);
            return true;
        }
        if (facts.Report is AccessReport.Failed failed)
        {
            await FailAsync(review, new Refusal($"AWS could not write the report: `{failed.Code}`: {failed.Message}"), cancellation);
            return true;
        }
        if (review.Asked.Service is { } asked)
        {
            await explain.AnswerAsync(review, asked, facts, cancellation);
            return true;
        }
        await owners.FromTagAsync(facts, cancellation);
        var answer = TrimPlanner.Plan(facts, guards.CurrentValue.ToGuards());
        var users = await UsersAsync(facts, answer, cancellation);
        return await store.RunAsync(review with { State = ReviewState.Answered, Answer = answer, UsedBy = users, Actions = ActionsOf(facts) }, read, cancellation);
    }

    // Who stands behind "and two more": asked for here, while the job that knows is at hand.
    private async Task<ImmutableArray<ServiceUsers>> UsersAsync(ReviewFacts facts, AccessReview answer, CancellationToken cancellation)
    {
        // Who is idle was asked in the same way already, and the answer is about them. Of an organization AWS tells how many accounts used a service, not which.
        if (facts.Report is null || facts.Question == Question.Members || facts.Subject is ReviewSubject.OfEntity) return [];
        var reports = accounts.Of(facts.Subject.In).Reports;
        var shared = answer.Services.Where(line => line is { Verdict: Verdict.Used, Entities: > 1 }).Take(MostUsersLookups).ToArray();
        var uses = await Task.WhenAll(shared.Select(async line => new ServiceUsers(line.Service,
            [.. (await reports.EntitiesAsync(facts.SubjectArn, line.Service, cancellation)).Where(use => use.LastAttempt is not null).OrderByDescending(use => use.LastAttempt)])));
        return [.. uses];
    }

    // Which actions a single user or role was seen to use, for reading.
    private static ImmutableArray<ActionSeen> ActionsOf(ReviewFacts facts)
    {
        if (facts.Subject is not ReviewSubject.OfIdentity { Ref.Kind: not IdentityKind.Group } || facts.ActionReports.Values.FirstOrDefault() is not ActionReport.Complete report) return [];
        var start = facts.Window.Start(facts.Now);
        return [.. report.Services
            .SelectMany(service => service.Value.Values.Where(use => use.LastAttempt >= start).Select(use => new ActionSeen(service.Key, use.Action, use.LastAttempt!.Value)))
            .OrderByDescending(seen => seen.On).Take(MostActions)];
    }

    private Task FailAsync(ReviewRecord review, Refusal why, CancellationToken cancellation) => EndAsync(review, ReviewCards.Failed(review.Asked, why), why.Message, cancellation);

    // There is nothing to decide: the asker alone needs to know. The store is told last: a kill in between asks again, and never leaves a
    // card that waits for an answer.
    private async Task EndAsync(ReviewRecord review, Card card, string why, CancellationToken cancellation)
    {
        var (surface, id) = PersonKeys.Split(review.By);
        await surfaces.EndPrivatelyAsync(review.Message, new Person(surface, id, people.NameOf(review.By)), card, cancellation);
        await reviews.AnswerAsync(
            review with { State = ReviewState.Failed }, [],
            new AuditEntry(time.GetUtcNow(), "bot", "not-answered", review.Id, null, $"{review.Asked.Name ?? "policies"}{review.Asked.In?.Suffix}", why), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "AWS was unreachable for review {ReviewId}")]
    private partial void LogUnreachable(Exception unreachable, string reviewId);
}
