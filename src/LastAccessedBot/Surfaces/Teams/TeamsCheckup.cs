using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Teams.Connector;
using LastAccessedBot.Surfaces.Teams.Payloads;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Teams;

/// <summary>Whether the bot gets tokens of its own for Teams, and whether digests go to conversations that took it out.</summary>
internal sealed class TeamsCheckup(Places places, ISubscriptions subscriptions, IOptions<TeamsOptions> options, Troubles troubles, IConnectorToken? tokens = null) : ICheckup
{
    public CheckupArea Area => CheckupArea.Chat;

    public string What => "Teams";

    public async Task<ImmutableArray<Diagnosis>> ExamineAsync(CancellationToken cancellation)
    {
        ImmutableArray<Diagnosis> found = [await OfTokenAsync(cancellation), troubles.OfThrottles(Area, TeamsIds.SurfaceName, "Teams")];
        foreach (var one in (await subscriptions.ActiveAsync(cancellation)).Where(one => one.In.Surface == TeamsIds.SurfaceName))
            if (await places.FindAsync(one.In, cancellation) is { Dead: { } why })
                found = found.Add(new Diagnosis(Area, "Conversation", Tone.Caution, $"The digest about `{one.Subject.Words}` goes to a conversation that is no more: {why}", "add the bot there again, or subscribe elsewhere"));
        return found;
    }

    private async Task<Diagnosis> OfTokenAsync(CancellationToken cancellation)
    {
        if (tokens is null) return new Diagnosis(Area, What, Tone.Caution, "The bot has no identity of its own: it answers on this machine alone.", "set `Teams:AppId` for more than trying out");
        try
        {
            await tokens.GetAsync(options.Value.Scope, cancellation);
            return Diagnosis.Good(Area, What, $"The bot gets its tokens, as app `{options.Value.AppId}`.");
        }
        catch (ConnectorTokenException failure)
        {
            return new Diagnosis(Area, What, Tone.Bad, failure.Message, !failure.IsRefused ? "try again in a minute"
                : options.Value.ManagedIdentity ? "see `Teams:AppId`, and whether the host has that managed identity" : "see `Teams:AppId`, `Teams:TenantId` and whether `Teams:AppPassword` ended");
        }
    }
}
