using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Aws;

/// <summary>Whose credentials the bot has, and whether AWS slows it down.</summary>
internal sealed class AwsCheckup(IAccounts accounts, Troubles troubles) : ICheckup
{
    public CheckupArea Area => CheckupArea.Aws;

    public string What => "Credentials";

    public async Task<ImmutableArray<Diagnosis>> ExamineAsync(CancellationToken cancellation)
    {
        var known = await Task.WhenAll(accounts.All.Where(account => !account.IsHome).Prepend(accounts.Home).Select(account => CredentialsAsync(account, cancellation)));
        return [.. known, troubles.OfThrottles(Area, Troubles.Aws, "AWS")];
    }

    private async Task<Diagnosis> CredentialsAsync(AccountRef? account, CancellationToken cancellation)
    {
        var what = account is null ? What : $"{What} in {account.Name}";
        try
        {
            var caller = await accounts.Of(account).Reader.CallerAsync(cancellation);
            return Diagnosis.Good(Area, what, $"AWS knows the bot in account `{caller.AccountId}`{(account is null ? "" : $", `{account.Name}`,")} as `{caller.Arn}`.");
        }
        catch (AwsFailureException failure)
        {
            return Diagnosis.Of(Area, what, Tone.Bad, failure is AwsRefusedException refused ? AwsWords.Of(refused) : new Refusal(failure.Message, "see the section `Aws` of the settings, and the credentials of the host's environment"));
        }
    }
}
