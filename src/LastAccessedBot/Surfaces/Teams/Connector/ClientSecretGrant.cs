using System.Text.Json;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Teams.Connector;

/// <summary>The grant of OAuth's client credentials, with the app's secret. It is spoken by hand, as Microsoft's own client takes no authority without https, not even on this machine.</summary>
internal sealed class ClientSecretGrant(IHttpClientFactory clients, IOptions<TeamsOptions> options, TimeProvider time) : ITokenGrant
{
    public const string HttpName = "teams-token";

    public async Task<AccessToken> RequestAsync(string scope, CancellationToken cancellation)
    {
        var (app, asked) = (options.Value, time.GetUtcNow());
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", app.AppId), new("client_secret", app.AppPassword), new("scope", scope)]);
        try
        {
            using var client = clients.CreateClient(HttpName);
            using var answer = await client.PostAsync(app.TokenEndpoint, form, cancellation);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
            return answer.IsSuccessStatusCode ? Token(json.RootElement, asked) : throw Refused((int)answer.StatusCode, json.RootElement);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new ConnectorTokenException($"{app.TokenEndpoint.Host} did not answer as it should ({failure.Message})", isRefused: false, failure);
        }
    }

    /// <param name="asked">When it was asked for: its life is counted from then, so that the way back takes nothing from it.</param>
    private static AccessToken Token(JsonElement answer, DateTimeOffset asked) =>
        answer.Text("access_token", most: 32 * 1024) is { } value && answer.Number("expires_in") is > 0 and <= 1_000_000 and var seconds
            ? new AccessToken(value, asked, asked.AddSeconds(seconds))
            : throw new ConnectorTokenException("the answer holds no token, or one of unknown life", isRefused: false);

    /// <summary>Entra's codes tell what is wrong, such as <c>7000215</c> for a wrong secret; its sentences repeat ids and are left out.</summary>
    private static ConnectorTokenException Refused(int status, JsonElement answer)
    {
        var codes = answer.Array("error_codes")?.EnumerateArray().Where(code => code.ValueKind == JsonValueKind.Number).Select(code => $"AADSTS{code.GetRawText()}") ?? [];
        return new ConnectorTokenException($"{status} {string.Join(' ', codes.Prepend(answer.Text("error", most: 100) ?? "without a word"))}", isRefused: status is >= 400 and < 500 and not 429);
    }
}
