using System.Collections.Concurrent;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Tests.Policies;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Sandbox.Evaluation;
using static LastAccessedBot.Core.Tests.Trims.SmallAccount;

namespace LastAccessedBot.Core.Tests.Trims;

/// <summary>What holds for every trim that is offered, over generated accounts and judged by an evaluator that shares no code with the core: on none of its steps is more allowed than before, and what is used stays allowed.</summary>
public sealed class NeverBroaderProperties
{
    private const int Accounts = 1_500;

    private static readonly string[] s_services = [.. GeneratedPolicy.Probes.Select(probe => probe.Service).Distinct()];

    private static readonly IdentityRef[] s_users = [User("ann"), User("bob")];

    [Fact]
    public void No_step_of_a_trim_is_broader_and_what_is_used_stays()
    {
        var wrong = new ConcurrentBag<string>();
        var offered = new ConcurrentDictionary<TrimKind, int>();
        Parallel.For(0, Accounts, seed =>
        {
            var (account, used, idle) = From(seed);
            AccessReview[] reviews = [account.Review(User("ann")), account.Review(Group("g")), account.Review("P0"), account.Review("P1"), account.BeforeDeleting(User("ann")), account.BeforeDeleting(Group("g")), account.BeforeDeleting("P0"),
                account.Ask(Question.Convert, User("ann")), account.Ask(Question.Cap, User("ann")), account.Ask(Question.Members, Group("g"))];
            var together = reviews.Select(review => (review.Subject, Trims: Together.Of(review.Trims))).Where(one => !one.Trims.IsEmpty).Select(one => Together.Joined(one.Subject, one.Trims));
            foreach (var trim in reviews.SelectMany(review => review.Trims).Concat(together))
            {
                offered.AddOrUpdate(trim.Kind, 1, (_, count) => count + 1);
                if (Broken(account.State, trim, action => used.Contains(action.Split(':')[0]) && (trim.RemovedActions.IsEmpty || (Listed(action) && !idle.Contains(action))), used) is { } problem) wrong.Add($"seed {seed}: {trim.Title}: {problem}");
            }
        });
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {offered.Values.Sum()}\n{string.Join("\n", wrong.Order().Take(5))}");
        // The generator reaches every kind that takes something from somebody.
        TrimKind[] kinds = [TrimKind.DetachPolicy, TrimKind.StaleMembership, TrimKind.NarrowPolicy, TrimKind.NarrowInlinePolicy, TrimKind.NarrowActions, TrimKind.DeleteInlinePolicy, TrimKind.DeleteUser, TrimKind.ConvertInline, TrimKind.CapIdentity, TrimKind.IdleMember, TrimKind.Together];
        Assert.All(kinds, kind => Assert.True(offered.GetValueOrDefault(kind) >= 20, $"{kind}: {offered.GetValueOrDefault(kind)} of {string.Join(' ', offered)}"));
    }

    private static (SmallAccount Account, HashSet<string> Used, HashSet<string> Idle) From(int seed)
    {
        var random = new Random(seed);
        string Text() => GeneratedPolicy.From(random.Next()).Document;
        // In some accounts nothing is used: only there may things be deleted.
        var isIdle = random.Next(3) == 0;
        var used = s_services.Where(_ => !isIdle && random.Next(3) == 0).ToHashSet();
        (string, int?)[] report = [.. s_services.Select(service => (service, used.Contains(service) ? (int?)1 : null))];
        var names = Enumerable.Range(0, 4).Select(number => $"P{number}").ToArray();
        var onAnn = names.Where(_ => random.Next(2) == 0).ToArray();
        var onGroup = names.Where(_ => random.Next(3) == 0).ToArray();
        var isMember = random.Next(2) == 0;
        var account = new SmallAccount()
            .With(User("ann"), onAnn, boundary: random.Next(3) == 0 ? "B" : null, groups: isMember ? ["g"] : [], inline: random.Next(2) == 0 ? [("in", Text())] : [], user: new UserDetails(null, null, [], []))
            .With(User("bob"), groups: ["g"], user: new UserDetails(null, null, [], []))
            .With(Group("g"), onGroup, members: isMember ? ["ann", "bob"] : ["bob"]);
        foreach (var name in names) account.With(name, Text(), [.. onAnn.Contains(name) ? [User("ann")] : Array.Empty<IdentityRef>(), .. onGroup.Contains(name) ? [Group("g")] : Array.Empty<IdentityRef>()]);
        account.With("B", Text(), boundaryOf: [User("ann")]);
        foreach (var arn in names.Select(PolicyArn).Concat([Arn(User("ann")), Arn(User("bob")), Arn(Group("g"))])) account.Used(arn, report);
        // AWS lists what is asked about but for some, tracks a part of that, and saw a part of those.
        var idle = new HashSet<string>();
        foreach (var service in s_services)
        {
            account.Publishes(service, [.. GeneratedPolicy.Probes.Where(probe => probe.Service == service && Listed($"{service}:{probe.Name}")).Select(probe => probe.Name)]);
            (string Action, int? Days)[] tracked = [.. account.List.Of(Policy.Service(service)).Where(_ => random.Next(3) > 0).Select(action => (action, random.Next(3) == 0 ? (int?)2 : null))];
            foreach (var arn in names.Select(PolicyArn).Concat([Arn(User("ann")), Arn(User("bob")), Arn(Group("g"))])) account.UsedActions(arn, service, tracked);
            idle.UnionWith(tracked.Where(action => action.Days is null).Select(action => $"{service}:{action.Action}"));
        }
        return (account, used, idle);
    }

    private static bool Listed(string action) => !action.EndsWith(":AnythingNew", StringComparison.Ordinal);

    /// <param name="mustStay">Whether an action is used, or unknown.</param>
    private static string? Broken(AccountState state, Trim trim, Func<string, bool> mustStay, HashSet<string> used)
    {
        var before = s_users.ToDictionary(user => user, user => Rights(state, user));
        var caps = s_users.ToDictionary(user => user, user => Cap(state, user));
        foreach (var edit in trim.Edits)
        {
            state = After(state, edit);
            foreach (var user in s_users)
            {
                if (!state.Identities.ContainsKey(user)) continue;
                var now = Rights(state, user);
                if (Uncapped(caps[user], Cap(state, user), before[user], used) is { } uncapped) return $"{user} {uncapped}, after {edit.Sentence}";
                foreach (var (service, name) in GeneratedPolicy.Probes)
                {
                    var action = $"{service}:{name}";
                    var (allowed, denied) = (Scopes(before[user], action, isAllow: true), Scopes(before[user], action, isAllow: false));
                    var left = Scopes(now, action, isAllow: true);
                    if (!left.IsSubsetOf(allowed)) return $"{user} is allowed {action} where it was not, after {edit.Sentence}";
                    if (left.Count > 0 && !denied.IsSubsetOf(Scopes(now, action, isAllow: false))) return $"{user} is not denied {action} any more, after {edit.Sentence}";
                    if (mustStay(action) && !allowed.IsSubsetOf(left)) return $"{user} uses {action}, and is not allowed it any more, after {edit.Sentence}";
                }
            }
        }
        return null;
    }

    private static Document[] Rights(AccountState state, IdentityRef user)
    {
        var identity = state.Identities[user];
        var all = identity.Groups.Select(group => state.Identities[Group(group)]).Append(identity);
        return [.. all.SelectMany(one => one.Attached.Select(arn => state.Policies[arn].Default.Document).Concat(one.Inline.Values)).Select(Document.Parse)];
    }

    /// <summary>What caps the user; null where nothing does.</summary>
    private static Document? Cap(AccountState state, IdentityRef user) => state.Identities[user].BoundaryArn is { } arn ? Document.Parse(state.Policies[arn].Default.Document) : null;

    // A boundary lets through what it allows and does not deny: never more than the one before it, and all that is in use and was let through.
    private static string? Uncapped(Document? before, Document? now, Document[] rights, HashSet<string> used)
    {
        if (before is null && now is null) return null;
        foreach (var (service, name) in GeneratedPolicy.Probes)
        {
            var action = $"{service}:{name}";
            HashSet<string>? passed = before is null ? null : Scopes([before], action, isAllow: true), passes = now is null ? null : Scopes([now], action, isAllow: true);
            if (passes is null ? passed is not null : passed is not null && !passes.IsSubsetOf(passed)) return $"is let through to {action} where the cap did not let it";
            if (now is not null && before is not null && !Scopes([before], action, isAllow: false).IsSubsetOf(Scopes([now], action, isAllow: false))) return $"is not kept from {action} any more";
            if (used.Contains(service) && passes is not null && Scopes(rights, action, isAllow: true).Count > 0 && (passed is null ? passes.Count == 0 : !passed.IsSubsetOf(passes))) return $"uses {action}, and is kept from it";
        }
        return null;
    }

    private static HashSet<string> Scopes(Document[] documents, string action, bool isAllow) =>
        [.. documents.SelectMany(document => document.Statements).Where(statement => statement.IsAllow == isAllow && statement.NamesAction(action)).Select(statement => statement.Scope)];

    private static AccountState After(AccountState state, AccountEdit edit)
    {
        switch (edit)
        {
            case AccountEdit.DetachPolicy detach:
                return With(state, detach.From, one => one with { Attached = one.Attached.Remove(detach.PolicyArn) });
            case AccountEdit.RemoveUserFromGroup remove:
                return With(state, User(remove.User), one => one with { Groups = one.Groups.Remove(remove.Group) });
            case AccountEdit.PutInlinePolicy put:
                return With(state, put.On, one => one with { Inline = one.Inline.SetItem(put.Name, put.Document) });
            case AccountEdit.AttachPolicy attach:
                return With(state, attach.To, one => one with { Attached = one.Attached.Add(attach.PolicyArn) });
            case AccountEdit.CreatePolicy made:
                return state.With(new ManagedPolicy { Name = made.Name, Arn = made.PolicyArn, Path = made.Path, Id = "new", Created = Now, Versions = [new PolicyVersion("v1", true, Now, made.Document)] });
            case AccountEdit.PutBoundary put:
                return With(state, put.On, one => one with { BoundaryArn = put.PolicyArn });
            case AccountEdit.DeleteInlinePolicy delete:
                return With(state, delete.On, one => one with { Inline = one.Inline.Remove(delete.Name) });
            case AccountEdit.CreatePolicyVersion { SetAsDefault: true } create:
                var policy = state.Policies[create.PolicyArn];
                return state.With(policy with { Versions = [.. policy.Versions.Select(version => version with { IsDefault = false }), new PolicyVersion("v99", true, Now, create.Document)] });
            case AccountEdit.DeleteIdentity { Identity: { Kind: IdentityKind.User } gone }:
                return state with { Identities = state.Identities.Remove(gone) };
            default:
                // Nothing that anybody is allowed changes with it.
                return state;
        }
    }

    private static AccountState With(AccountState state, IdentityRef name, Func<Identity, Identity> change) => state.With(change(state.Identities[name]));
}
