using System.Collections.Concurrent;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Tests.Policies;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Sandbox.Evaluation;

namespace LastAccessedBot.Core.Tests.Trims;

/// <summary>
/// What holds for every trim of service control policies, over generated organizations and judged by an evaluator that shares no code with the
/// core: no step lets anything more through to any account, nothing that an account uses is taken from it, accounts outside lose nothing, and
/// the inverses bring back what was there.
/// </summary>
public sealed class OrganizationProperties
{
    private const int Organizations = 500;

    private static readonly string[] s_services = [.. GeneratedPolicy.Probes.Select(probe => probe.Service).Distinct()];
    private static readonly string[] s_accounts = ["1", "2", "3", "4"];
    private static readonly string[] s_places = ["r", "dev", "lab", "prod", .. s_accounts];

    [Fact]
    public void No_step_lets_more_through_what_is_used_stays_and_undo_restores()
    {
        var wrong = new ConcurrentBag<string>();
        var offered = new ConcurrentDictionary<TrimKind, int>();
        Parallel.For(0, Organizations, seed =>
        {
            var (organization, used) = From(seed);
            foreach (var entity in (string[])["r", "dev", "1"])
            {
                foreach (var trim in organization.Review(entity).Trims)
                {
                    offered.AddOrUpdate(trim.Kind, 1, (_, count) => count + 1);
                    if (Broken(organization, entity, trim, used) is { } problem) wrong.Add($"seed {seed}, {entity}: {trim.Title}: {problem}");
                }
            }
        });
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {offered.Values.Sum()}\n{string.Join("\n", wrong.Order().Take(5))}");
        Assert.All([TrimKind.DenyIdleServices, TrimKind.ShortenAllowList], kind => Assert.True(offered.GetValueOrDefault(kind) >= 20, $"{kind}: {string.Join(' ', offered)}"));
    }

    private static (SmallOrganization Organization, Dictionary<string, HashSet<string>> Used) From(int seed)
    {
        var random = new Random(seed);
        var organization = SmallOrganization.Usual();
        foreach (var place in s_places.Where(_ => random.Next(6) == 0))
        {
            organization.Without("FullAWSAccess", place);
            organization.Scp($"List-{place}", SmallAccount.Allow([.. s_services.Where(_ => random.Next(2) == 0).Append("s3").Select(service => $"{service}:*")]), [place]);
        }
        foreach (var number in Enumerable.Range(0, random.Next(4))) organization.Scp($"S{number}", GeneratedPolicy.From(random.Next()).Document, [.. s_places.Where(_ => random.Next(4) == 0)]);
        var used = s_accounts.ToDictionary(account => account, _ => s_services.Where(_ => random.Next(5) == 0).ToHashSet());
        foreach (var entity in s_places)
        {
            var inside = organization.StateOf(entity).BoundAccounts.Select(account => account.Ref.Id).ToArray();
            organization.Used(entity, [.. s_services.Where(_ => random.Next(10) > 0).Select(service => (service, inside.Any(account => used[account].Contains(service)) ? (int?)3 : null))]);
        }
        return (organization, used);
    }

    private static string? Broken(SmallOrganization organization, string entity, Trim trim, Dictionary<string, HashSet<string>> used)
    {
        var policies = organization.StateOf("r").Policies.ToDictionary(policy => policy.Name, policy => (policy.Content, Targets: policy.Targets.Select(target => target.Id).ToHashSet()));
        var inside = organization.StateOf(entity).BoundAccounts.Select(account => account.Ref.Id).ToHashSet();
        var before = s_accounts.ToDictionary(account => account, account => Through(organization, policies, account));
        var first = Picture(policies);
        var inverses = new Stack<AccountEdit>();
        foreach (var edit in trim.Edits)
        {
            inverses.Push(Make(policies, edit));
            foreach (var account in s_accounts)
            {
                var now = Through(organization, policies, account);
                if (now.Except(before[account]).FirstOrDefault() is { } more) return $"{more} is let through to {account} where it was not, after {edit.Sentence}";
                var lost = before[account].Except(now).ToArray();
                if (lost.FirstOrDefault(action => used[account].Contains(action.Split(':')[0])) is { } needed) return $"{account} uses {needed}, and it is not let through any more, after {edit.Sentence}";
                if (lost.Length > 0 && !inside.Contains(account)) return $"{account} is outside, and loses {lost[0]}, after {edit.Sentence}";
            }
        }
        if (Picture(policies) == first) return "it changes nothing";
        foreach (var inverse in inverses) Make(policies, inverse);
        return Picture(policies) == first ? null : "undo does not restore it";
    }

    // Every level from the root down must let an action through, and none may deny it. Where and when a statement holds stays apart: each scope by itself.
    private static HashSet<string> Through(SmallOrganization organization, Dictionary<string, (string Content, HashSet<string> Targets)> policies, string account)
    {
        var levels = organization.StateOf(account).Path
            .Select(level => policies.Values.Where(policy => policy.Targets.Contains(level.Ref.Id)).Select(policy => Document.Parse(policy.Content)).SelectMany(document => document.Statements).ToArray()).ToArray();
        return [.. GeneratedPolicy.Probes.Select(probe => $"{probe.Service}:{probe.Name}").Where(action => levels.All(level => level.Any(statement => statement.IsAllow && statement.NamesAction(action)))
            && !levels.Any(level => level.Any(statement => !statement.IsAllow && statement.HoldsEverywhere && statement.NamesAction(action))))];
    }

    private static AccountEdit Make(Dictionary<string, (string Content, HashSet<string> Targets)> policies, AccountEdit edit)
    {
        var before = Read(policies, edit.Subject);
        switch (edit)
        {
            case AccountEdit.UpdateScp update: policies[update.Name] = (update.Content, policies[update.Name].Targets); break;
            case AccountEdit.CreateScp create: policies.Add(create.Name, (create.Content, [])); break;
            case AccountEdit.DeleteScp delete: Assert.Empty(policies[delete.Name].Targets); policies.Remove(delete.Name); break;
            case AccountEdit.AttachScp attach: Assert.True(policies[attach.Name].Targets.Add(attach.To.Id)); break;
            case AccountEdit.DetachScp detach: Assert.True(policies[detach.Name].Targets.Remove(detach.From.Id)); break;
            default: throw new InvalidOperationException($"{edit} is no edit of an SCP");
        }
        var after = Read(policies, edit.Subject);
        Assert.False(edit.IsReached(before, before));
        Assert.True(edit.IsReached(before, after), $"{edit}");
        return Assert.Single(edit.Inverse(before, after));
    }

    private static SubjectState Read(Dictionary<string, (string Content, HashSet<string> Targets)> policies, EditSubject subject) => subject switch
    {
        EditSubject.Scp { Name: var name } => new SubjectState.Scp(policies.TryGetValue(name, out var one)
            ? new StoredScp($"p-{name}", name, name.StartsWith("DenyUnused", StringComparison.Ordinal) ? "Services that nobody in these accounts used; written by LastAccessedBot" : "", one.Content) : null),
        EditSubject.ScpAttachment { Name: var name, TargetId: var target } => new SubjectState.ScpAttachment(
            policies.ContainsKey(name) ? $"p-{name}" : null, policies.TryGetValue(name, out var one) && one.Targets.Contains(target)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Picture(Dictionary<string, (string Content, HashSet<string> Targets)> policies) =>
        string.Join('\n', policies.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {string.Join(',', pair.Value.Targets.Order(StringComparer.Ordinal))} {pair.Value.Content}"));
}
