using System.Text.Json;
using LastAccessedBot.Surfaces.Teams.Payloads;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Teams.Authentication;

/// <summary>Why an activity is refused though its token is good; the log names it.</summary>
internal enum OriginFault
{
    None,

    /// <summary>It comes from another channel than Teams.</summary>
    Channel,

    /// <summary>It names another service address than its token, or none.</summary>
    ServiceUrl,

    /// <summary>Its service address is none that the bot sends to.</summary>
    ServiceHost,

    /// <summary>The key of its token may not sign for its channel.</summary>
    Endorsement,

    /// <summary>It comes from a tenant that is not allowed, from two, or from none.</summary>
    Tenant,
}

/// <summary>Holds an activity against the token that it came with, and against the settings: a good token alone does not make it Teams' own.</summary>
internal sealed class ActivityOrigin(IOptions<TeamsOptions> options, ServiceAddresses addresses)
{
    private const string Teams = "msteams";

    /// <summary>The tenant that an activity comes from; null where it names none, or two.</summary>
    public static string? Tenant(JsonElement activity)
    {
        var ofConversation = activity.Object("conversation")?.Text("tenantId");
        var ofChannel = activity.Object("channelData")?.Object("tenant")?.Text("id");
        var tenant = ofConversation ?? ofChannel;
        return TeamsIds.IsWord(tenant) && tenant!.Equals(ofChannel ?? tenant, StringComparison.OrdinalIgnoreCase) ? tenant : null;
    }

    /// <summary>An activity that came with a token.</summary>
    public OriginFault Check(JsonElement activity, VerifiedToken token)
    {
        if (activity.Text("serviceUrl") is not { } address || !address.Equals(token.ServiceUrl, StringComparison.OrdinalIgnoreCase)) return OriginFault.ServiceUrl;
        if (activity.Text("channelId") is not { } channel || !token.Endorsements.Contains(channel)) return OriginFault.Endorsement;
        return CheckAnonymous(activity);
    }

    /// <summary>An activity that came without a token, from this machine.</summary>
    public OriginFault CheckAnonymous(JsonElement activity)
    {
        if (activity.Text("channelId") != Teams) return OriginFault.Channel;
        if (addresses.Admitted(activity.Text("serviceUrl")) is null) return OriginFault.ServiceHost;
        return Tenant(activity) is { } tenant && options.Value.Admits(tenant) ? OriginFault.None : OriginFault.Tenant;
    }
}
