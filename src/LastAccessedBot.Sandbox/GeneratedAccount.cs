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
        const string AccountId = "123456789012";
        var state = new AccountState { Id = AccountId };
        foreach (var key in new[] { "sandbox", "test" })
            state.Credentials[key] = new Credential { Secret = key, Arn = $"arn:aws:iam::{AccountId}:user/{key}" };
        var services = ServiceCatalog.Default.Names.Keys.ToArray();
        for (var number = 1; number <= policies; number++)
        {
            // A stride that has no factor in common with the catalogue's length reaches all services in time.
            var granted = Enumerable.Range(0, 10).Select(index => services[((number * 7) + (index * 31)) % services.Length]).Distinct().ToList();
            var policy = new ManagedPolicy();
            policy.Versions.Add(new PolicyVersion { Document = Document(granted) });
            state.Policies[$"Generated-{number:0000}"] = policy;
            var role = new Role();
            role.Attached.Add($"Generated-{number:0000}");
            foreach (var service in granted.Take(usedServices))
                role.Used[service] = When.DaysAgo(number % 60);
            state.Roles[$"generated-{number:0000}"] = role;
        }

        return SandboxAccount.Of(state, time);
    }

    private static PolicyText Document(IEnumerable<string> services) => new(
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[{{string.Join(',', services.Select(service => $"\"{service}:*\""))}}],"Resource":"*"}]}""");
}
