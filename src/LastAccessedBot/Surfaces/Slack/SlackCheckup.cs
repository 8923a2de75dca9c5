using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.Payloads;
using LastAccessedBot.Surfaces.Slack.Web;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Slack;

/// <summary>Whether Slack knows the bot in every workspace, and lets it do what it does.</summary>
internal sealed class SlackCheckup(SlackClient client, IWorkspaces workspaces, IInstallations installations, IOptions<SlackOptions> options, Troubles troubles) : ICheckup
{
    /// <summary>More workspaces than that are not asked about: each is a call.</summary>
    private const int MostWorkspaces = 20;

    public CheckupArea Area => CheckupArea.Chat;

    public string What => "Slack";

    public async Task<ImmutableArray<Diagnosis>> ExamineAsync(CancellationToken cancellation)
    {
        var found = new List<Diagnosis>();
        if (options.Value.BotToken.Length > 0) found.AddRange(await TestAsync(options.Value.BotToken, "", "`Slack:BotToken`", cancellation));
        if (options.Value.UsesOAuth) found.AddRange(await OfInstallationsAsync(cancellation));
        found.Add(troubles.OfThrottles(Area, SlackIds.SurfaceName, "Slack"));
        return [.. found];
    }

    private async Task<IEnumerable<Diagnosis>> OfInstallationsAsync(CancellationToken cancellation)
    {
        var all = await installations.AllAsync(SlackIds.SurfaceName, cancellation);
        if (all.IsEmpty) return [new Diagnosis(Area, What, options.Value.BotToken.Length > 0 ? Tone.Good : Tone.Caution, "No workspace installed the app.", "open `/slack/install` of the bot's own address")];
        var found = (await Task.WhenAll(all.Take(MostWorkspaces).Select(one => OfInstallationAsync(one.Tenant, cancellation)))).SelectMany(each => each);
        return all.Length > MostWorkspaces ? found.Append(Diagnosis.Good(Area, What, $"{all.Length - MostWorkspaces} workspaces more were not asked about.")) : found;
    }

    private async Task<IEnumerable<Diagnosis>> OfInstallationAsync(string team, CancellationToken cancellation)
    {
        try
        {
            return await workspaces.FindAsync(team, cancellation) is { } workspace
                ? await TestAsync(workspace.Token, team, $"the installation in `{team}`", cancellation)
                : [new Diagnosis(Area, What, Tone.Bad, $"The bot has no token that it can use in `{team}`, though the app is installed there.", "install it anew at `/slack/install`, or name the workspace in `Slack:Workspaces`")];
        }
        catch (Exception failure) when (failure is SlackRefusedException or SlackUnreachableException)
        {
            return [Diagnose(failure, $"the installation in `{team}`")];
        }
    }

    /// <param name="of">What the token is from, with the names in backticks.</param>
    private async Task<IEnumerable<Diagnosis>> TestAsync(string token, string team, string of, CancellationToken cancellation)
    {
        try
        {
            var (answer, scopes) = await client.TestAsync(token, team, cancellation);
            var place = $"`{answer.Text("team") ?? answer.Text("team_id") ?? team}`";
            return [Diagnosis.Good(Area, What, $"Slack knows the bot in {place}, by {of}."), OfScopes(scopes, place)];
        }
        catch (Exception failure) when (failure is SlackRefusedException or SlackUnreachableException)
        {
            return [Diagnose(failure, of)];
        }
    }

    private Diagnosis OfScopes(ImmutableArray<string>? scopes, string place)
    {
        const string Scopes = "Slack's scopes";
        if (scopes is not { } granted) return new Diagnosis(Area, Scopes, Tone.Caution, $"Slack did not say which scopes the bot has in {place}.");
        string[] missing = [.. SlackMethod.Scopes.Except(granted)];
        return missing.Length == 0
            ? Diagnosis.Good(Area, Scopes, $"The bot has all {SlackMethod.Scopes.Count} scopes that it needs in {place}.")
            : new Diagnosis(Area, Scopes, Tone.Bad, $"The bot lacks {string.Join(", ", missing.Select(scope => $"`{scope}`"))} in {place}.", "add it on the app's page OAuth & Permissions, as in `manifests/slack`, and install the app anew");
    }

    private Diagnosis Diagnose(Exception failure, string of) => failure is SlackRefusedException refused
        ? new Diagnosis(Area, What, Tone.Bad, $"Slack refuses {of}: `{refused.Error}`.", "copy the token anew from the app's page OAuth & Permissions, or install the app anew at `/slack/install`")
        : Diagnosis.Of(Area, What, Tone.Bad, new Refusal($"{failure.Message}.", "see https://slack-status.com, and whether the host reaches `Slack:ApiUrl`"));
}
