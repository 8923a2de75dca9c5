using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Explanations;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>Answers what was asked about one service of a subject. It concludes nothing, and there is nothing to decide.</summary>
public sealed class ExplainService(IAccounts accounts, IOrganizationReader organization, IReviews reviews, ShowReview show, TimeProvider time)
{
    /// <param name="facts">What was read for it, with a report that did not fail.</param>
    public async Task AnswerAsync(ReviewRecord review, ServiceAsked asked, ReviewFacts facts, CancellationToken cancellation)
    {
        var answered = review with { State = ReviewState.Answered };
        answered = asked.Question == ServiceQuestion.Why
            ? answered with { Why = await WhyAsync(facts, asked.Service, cancellation) }
            : answered with { Who = await WhoAsync(facts, asked.Service, cancellation) };
        var entry = new AuditEntry(time.GetUtcNow(), review.By, "explained", review.Id, null, facts.Subject.Words, $"`{asked.Command(facts.Subject)}`");
        await reviews.AnswerAsync(answered, [], entry, cancellation);
        await show.RenewAsync(review.Id, cancellation);
        await reviews.ShownAsync(review.Id, cancellation);
    }

    private async Task<WhyAnswer> WhyAsync(ReviewFacts facts, ServiceNamespace service, CancellationToken cancellation)
    {
        var identity = facts.State.Identities[((ReviewSubject.OfIdentity)facts.Subject).Ref];
        var account = accounts.Of(facts.Subject.In).Reader;
        var granting = GrantingAsync(account, identity.Arn, service, cancellation);
        var boundary = identity.BoundaryArn is { } arn ? account.PolicyAsync(arn, cancellation) : Task.FromResult<ManagedPolicy?>(null);
        var scps = ScpsAsync(identity.Arn.Split(':')[4], service, cancellation);
        await Task.WhenAll(granting, boundary, scps);
        return WhyReading.Of(facts, service, await boundary, await granting) with { Scps = await scps };
    }

    // Reading the organization takes the management account's leave, which not every bot has: the rest of the answer stands without it.
    private async Task<ScpsOnService?> ScpsAsync(string accountId, ServiceNamespace service, CancellationToken cancellation)
    {
        try
        {
            return await organization.Begin().AroundAsync(accountId, cancellation) is { } over ? ScpsOnService.Of(over, service) : null;
        }
        catch (AwsRefusedException refused)
        {
            return refused.IsNotInOrganization ? null : ScpsOnService.NotRead(AwsWords.Of(refused).Message);
        }
    }

    // A second reading: without it the answer stands on the first, and says so.
    private static async Task<Parsed<ImmutableArray<GrantingPolicy>>> GrantingAsync(IAccountReader account, string arn, ServiceNamespace service, CancellationToken cancellation)
    {
        try
        {
            return new Parsed<ImmutableArray<GrantingPolicy>>.Ok(await account.GrantingPoliciesAsync(arn, service, cancellation));
        }
        catch (AwsRefusedException refused)
        {
            return new Parsed<ImmutableArray<GrantingPolicy>>.Bad(AwsWords.Of(refused));
        }
    }

    private async Task<WhoAnswer> WhoAsync(ReviewFacts facts, ServiceNamespace service, CancellationToken cancellation)
    {
        // Of a user or a role the report itself tells; it is nobody but itself.
        var isItself = facts.Subject is ReviewSubject.OfIdentity { Ref.Kind: not IdentityKind.Group };
        ImmutableArray<EntityUse> uses = !isItself && facts.Reports.Keys.FirstOrDefault() is { } arn ? await accounts.Of(facts.Subject.In).Reports.EntitiesAsync(arn, service, cancellation) : [];
        return WhoReading.Of(facts, service, uses);
    }
}
