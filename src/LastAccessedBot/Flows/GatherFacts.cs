using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>Reads, live, all that a plan for one subject is computed from.</summary>
public sealed class GatherFacts(
    IAccountReader account, IAccessReports reports, GatherMembers members, ActionList actions, IOrganizationReader organizations, IOrganizationReports organizationReports, ITrailReader trail, IKeeps keeps, TimeProvider time)
{
    /// <summary>null: the subject does not exist (any more). Throws as the readers do.</summary>
    /// <param name="asked">Before a deletion more is read, and about one service less.</param>
    /// <param name="reading">What the same command read of the organization before; null where it is to be read anew.</param>
    public async Task<ReviewFacts?> AboutAsync(ReviewSubject subject, Inquiry asked, IProgress<ReportProgress>? progress, CancellationToken cancellation, IOrganizationReading? reading = null)
    {
        var (window, question) = (asked.Window, asked.Question);
        if (subject is ReviewSubject.OfEntity { Entity: var entity }) return await AboutAsync(entity, window, question, reading ?? organizations.Begin(), progress, cancellation);
        var (state, arn) = await ReadAsync(subject, question, cancellation);
        if (state is null) return null;
        var read = time.GetUtcNow();
        // An empty group and an unattached policy have nobody whose use a report could show.
        var hasUsers = question != Question.Convert && HasUsers(state, subject);
        var services = hasUsers ? reports.ServiceReportAsync(arn, read, progress, cancellation) : null;
        var plans = hasUsers && asked.Service is null;
        var byAction = plans && IsByAction(subject, question) ? reports.ActionReportAsync(arn, read, progress, cancellation) : null;
        var recorded = plans && subject is ReviewSubject.OfIdentity { Ref: var name } ? trail.OfAsync(state.Identities[name], window.Start(read), progress, cancellation) : Task.FromResult<Trail?>(null);
        await Task.WhenAll(new Task?[] { services, byAction, recorded }.OfType<Task>());
        var facts = await FactsAsync(subject, state, arn, services is null ? null : await services, window, question, cancellation) with
        {
            ActionReports = byAction is null ? Nothing<ActionReport>() : Nothing<ActionReport>().Add(arn, await byAction),
            Published = actions.Published,
            Trail = await recorded,
        };
        return question == Question.Members && subject is ReviewSubject.OfIdentity { Ref: var group } ? await members.AddAsync(facts, state.Identities[group], progress, cancellation) : facts;
    }

    private async Task<ReviewFacts?> AboutAsync(EntityRef entity, ReviewWindow window, Question question, IOrganizationReading reading, IProgress<ReportProgress>? progress, CancellationToken cancellation)
    {
        if (await reading.AroundAsync(entity.Id, cancellation) is not { } around) return null;
        var read = time.GetUtcNow();
        var report = around.BoundAccounts.Any() ? await organizationReports.ReportAsync(around.EntityPath, read, progress, cancellation) : null;
        // The name may have changed since somebody asked; the id is the same.
        return await FactsAsync(new ReviewSubject.OfEntity(around.Subject.Ref), AccountState.Empty with { Organization = around }, around.EntityPath, report, window, question, cancellation);
    }

    private async Task<ReviewFacts> FactsAsync(ReviewSubject subject, AccountState state, string key, AccessReport? report, ReviewWindow window, Question question, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return new ReviewFacts(subject, state, report is null ? Nothing<AccessReport>() : Nothing<AccessReport>().Add(key, report), window, now, question) { Keeps = await keeps.StandingAsync(now, cancellation) };
    }

    private static ImmutableSortedDictionary<string, T> Nothing<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);

    // For every other question a report by action is for reading, of one user or role.
    private static bool IsByAction(ReviewSubject subject, Question question) =>
        question == Question.Unused || subject is ReviewSubject.OfIdentity { Ref.Kind: not IdentityKind.Group };

    private async Task<(AccountState? State, string Arn)> ReadAsync(ReviewSubject subject, Question question, CancellationToken cancellation)
    {
        var beforeDeleting = question == Question.Delete;
        switch (subject)
        {
            case ReviewSubject.OfIdentity { Ref: var name }:
                if (await (beforeDeleting ? account.IdentityInFullAsync(name, cancellation) : account.IdentityAsync(name, cancellation)) is not { } identity) return (null, "");
                var state = AccountState.Empty.With(identity);
                // Whoever loses a membership has a say by their tags.
                foreach (var member in await Task.WhenAll(beforeDeleting ? identity.Members.Select(member => account.IdentityAsync(new IdentityRef(IdentityKind.User, member), cancellation)) : []))
                    if (member is not null) state = state.With(member);
                foreach (var group in await Task.WhenAll(identity.Groups.Select(group => account.IdentityAsync(new IdentityRef(IdentityKind.Group, group), cancellation))))
                    if (group is not null) state = state.With(group);
                var arns = state.Identities.Values.Where(one => one == identity || one.Ref.Kind == IdentityKind.Group).SelectMany(one => one.Attached)
                    .Concat(NewPolicy.Wanted(question, identity))
                    .Concat(question == Question.Cap && identity.BoundaryArn is { } boundary ? [boundary] : [])
                    .Distinct(StringComparer.Ordinal);
                foreach (var policy in await Task.WhenAll(arns.Select(arn => account.PolicyAsync(arn, cancellation))))
                    if (policy is not null) state = state.With(policy);
                return (state, identity.Arn);
            case ReviewSubject.OfPolicy { Arn: var arn }:
                if (await account.PolicyAsync(arn, cancellation) is not { } subjectPolicy) return (null, "");
                var around = AccountState.Empty.With(subjectPolicy);
                foreach (var attached in await Task.WhenAll(subjectPolicy.AttachedTo.Select(name => account.IdentityAsync(name, cancellation))))
                    if (attached is not null) around = around.With(attached);
                return (around, arn);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static bool HasUsers(AccountState state, ReviewSubject subject) => subject switch
    {
        ReviewSubject.OfIdentity { Ref: { Kind: IdentityKind.Group } name } => !state.Identities[name].Members.IsEmpty,
        ReviewSubject.OfPolicy { Arn: var arn } => !state.Policies[arn].AttachedTo.IsEmpty,
        _ => true,
    };
}
