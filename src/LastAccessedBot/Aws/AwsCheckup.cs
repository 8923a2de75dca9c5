using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Aws;

/// <summary>Whose credentials the bot has, and whether AWS slows it down.</summary>
internal sealed class AwsCheckup(IAccountReader account, Troubles troubles) : ICheckup
{
    public CheckupArea Area => CheckupArea.Aws;

    public string What => "Credentials";

    public async Task<ImmutableArray<Diagnosis>> ExamineAsync(CancellationToken cancellation) => [await CredentialsAsync(cancellation), troubles.OfThrottles(Area, Troubles.Aws, "AWS")];

    private async Task<Diagnosis> CredentialsAsync(CancellationToken cancellation)
    {
        try
        {
            var caller = await account.CallerAsync(cancellation);
            return Diagnosis.Good(Area, What, $"AWS knows the bot in account `{caller.AccountId}` as `{caller.Arn}`.");
        }
        catch (AwsFailureException failure)
        {
            return Diagnosis.Of(Area, What, Tone.Bad, failure is AwsRefusedException refused ? AwsWords.Of(refused) : new Refusal(failure.Message, "see the section `Aws` of the settings, and the credentials of the host's environment"));
        }
    }
}
