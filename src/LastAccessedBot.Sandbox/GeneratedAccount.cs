using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Services;

namespace LastAccessedBot.Sandbox;

/// <summary>Accounts of any size, the same for the same numbers: for benchmarks and long lists.</summary>
public static class GeneratedAccount
{
    /// <summary>
    /// Customer managed policies <c>Generated-0001</c> …, each on one role of its own, each granting ten services, of which
    /// the role used <paramref name="usedServices"/> within the last weeks.
    /// </summary>
    public static SandboxAccount Create(int policies, TimeProvider time, int usedServices = 4)
    {
        var state = Empty();
        for (var number = 1; number <= policies; number++)
        {
            var granted = Grant(state, number);
            var role = new Role();
            role.Attached.Add(Name(number));
            foreach (var service in granted.Take(usedServices))
                role.Used[service] = When.DaysAgo(number % 60);
            state.Roles[$"generated-{number:0000}"] = role;
        }

        return SandboxAccount.Of(state, time);
    }

    /// <summary>
    /// A group <c>generated</c> with users <c>generated-0001</c> … as members and policies <c>Generated-0001</c> …, each granting ten services.
    /// Every tenth member used nothing, the others one service of each policy within the last weeks.
    /// </summary>
    public static SandboxAccount Team(int members, int policies, TimeProvider time)
    {
        var state = Empty();
        var group = new Group();
        state.Groups["generated"] = group;
        var used = Enumerable.Range(1, policies).Select(number => Grant(state, number)[0]).ToList();
        foreach (var number in Enumerable.Range(1, policies)) group.Attached.Add(Name(number));
        for (var number = 1; number <= members; number++)
        {
            var user = new User();
            if (number % 10 != 0)
                foreach (var service in used) user.Used[service] = When.DaysAgo(number % 60);
            state.Users[$"generated-{number:0000}"] = user;
            group.Members.Add($"generated-{number:0000}");
        }

        return SandboxAccount.Of(state, time);
    }

    /// <summary>
    /// An account of everything: of every twenty identities eight roles, six users, one group and five policies. A role has a policy of its own number and
    /// an inline one, a user is in a group or has a policy, and groups share policies. They used four of ten services, every seventh of them nothing.
    /// </summary>
    public static SandboxAccount Mixed(int identities, TimeProvider time)
    {
        var state = Empty();
        var (policies, groups, users) = (Math.Max(1, identities / 4), Math.Max(1, identities / 20), identities * 3 / 10);
        var granted = Enumerable.Range(1, policies).Select(number => Grant(state, number)).ToArray();
        for (var number = 1; number <= groups; number++)
        {
            var group = new Group();
            group.Attached.Add(Name((number % policies) + 1));
            state.Groups[$"generated-{number:0000}"] = group;
        }
        for (var number = 1; number <= users; number++)
        {
            var (user, policy) = (new User(), number % policies);
            if (number % 2 == 0)
            {
                user.Attached.Add(Name(policy + 1));
                Use(user, granted[policy], number);
            }
            else
            {
                var group = (number % groups) + 1;
                state.Groups[$"generated-{group:0000}"].Members.Add($"generated-{number:0000}");
                Use(user, granted[group % policies], number);
            }
            state.Users[$"generated-{number:0000}"] = user;
        }
        for (var number = 1; number <= identities - policies - groups - users; number++)
        {
            var (role, policy) = (new Role(), number % policies);
            role.Attached.Add(Name(policy + 1));
            role.Inline["own"] = Document([granted[(policy + 1) % policies][0]]);
            Use(role, granted[policy], number);
            state.Roles[$"generated-{number:0000}"] = role;
        }
        return SandboxAccount.Of(state, time);

        static void Use(Actor actor, List<string> services, int number)
        {
            if (number % 7 == 0) return;
            foreach (var service in services.Take(4)) actor.Used[service] = When.DaysAgo(number % 60);
        }
    }

    private static AccountState Empty()
    {
        const string AccountId = "123456789012";
        var state = new AccountState { Id = AccountId };
        foreach (var key in new[] { "sandbox", "test" })
            state.Credentials[key] = new Credential { Secret = key, Arn = $"arn:aws:iam::{AccountId}:user/{key}" };
        return state;
    }

    /// <summary>Adds a policy; the services that it grants.</summary>
    private static List<string> Grant(AccountState state, int number)
    {
        var services = ServiceCatalog.Default.Names.Keys.ToArray();
        // A stride that has no factor in common with the catalogue's length reaches all services in time.
        var granted = Enumerable.Range(0, 10).Select(index => services[((number * 7) + (index * 31)) % services.Length]).Distinct().ToList();
        var policy = new ManagedPolicy();
        policy.Versions.Add(new PolicyVersion { Document = Document(granted) });
        state.Policies[Name(number)] = policy;
        return granted;
    }

    private static string Name(int number) => $"Generated-{number:0000}";

    private static PolicyText Document(IEnumerable<string> services) => new(
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[{{string.Join(',', services.Select(service => $"\"{service}:*\""))}}],"Resource":"*"}]}""");
}
