using System.Collections.Immutable;
using System.Net;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Flows;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Aws;

/// <inheritdoc/>
internal sealed class Accounts(IOptions<AwsOptions> options, AccountDoors home, Func<MemberAccountOptions, string, AccountDoors> open) : IAccounts
{
    private const int MostNear = 3;

    private readonly ImmutableDictionary<string, AccountDoors> _doors =
        options.Value.Accounts.Select((account, index) => KeyValuePair.Create(account.Id, open(account, $"{AwsOptions.Section}:{nameof(AwsOptions.Accounts)}:{index}"))).ToImmutableDictionary(StringComparer.Ordinal);

    public AccountRef? Home { get; } = options.Value.AccountName is { } name ? new AccountRef(name, null) : null;

    public ImmutableArray<AccountRef> All { get; } =
        [.. options.Value.AccountName is { } name ? [new AccountRef(name, null)] : ImmutableArray<AccountRef>.Empty, .. options.Value.Accounts.Select(account => account.Ref)];

    public Parsed<AccountRef?> Named(string? typed) =>
        typed is null ? new Parsed<AccountRef?>.Ok(Home)
        : All.FirstOrDefault(account => account.Id == typed || string.Equals(account.Name, typed, StringComparison.OrdinalIgnoreCase)) is { } named ? new Parsed<AccountRef?>.Ok(named)
        : new Parsed<AccountRef?>.Bad(new Refusal($"No account is called `{typed}`", Instead(typed)));

    public AccountDoors Of(AccountRef? account) => account is not { Id: { } id } ? home
        : _doors.GetValueOrDefault(id) ?? throw new AwsRefusedException(
            "STS.AssumeRole", "AccountNotConfigured", $"the setting `Aws:Accounts` does not name the account `{account.Name}` ({id}) any more", requestId: null, HttpStatusCode.OK);

    private string Instead(string typed)
    {
        if (All.IsEmpty) return "the settings know one account only: leave `in` out, or name others in `Aws:Accounts`";
        var near = NearNames.Of(typed, All.Select(account => account.Name), MostNear);
        return near.IsEmpty ? $"the settings know {Listed(All.Select(account => account.Name), " and ")}" : $"did you mean {Listed(near, " or ")}?";
    }

    private static string Listed(IEnumerable<string> names, string last)
    {
        string[] quoted = [.. names.Select(name => $"`{name}`")];
        return quoted.Length == 1 ? quoted[0] : string.Join(", ", quoted[..^1]) + last + quoted[^1];
    }
}
