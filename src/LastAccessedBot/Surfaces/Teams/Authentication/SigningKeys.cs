using System.Text.Json;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Teams.Authentication;

/// <summary>
/// The keys of those who sign what comes in. A key that is not known is asked for at once, as after a rotation, but never by two fetches at a
/// time nor soon after the last one, whatever is sent. Where the fetch fails, the keys that are held go on serving for some days.
/// </summary>
internal sealed partial class SigningKeys(IHttpClientFactory clients, IOptions<TeamsOptions> options, TimeProvider time, ILogger<SigningKeys> log)
{
    public const string HttpName = "teams-signing-keys";

    /// <summary>At most one fetch begins in this time.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Older keys are fetched anew, beside the requests.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    /// <summary>Older keys serve no longer: a key may have been taken back.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(5);

    private readonly Lock _gate = new();
    private volatile KeySet? _held;
    private Task _fetch = Task.CompletedTask;
    private long? _begunAt;

    /// <summary>The keys that may be relied on now, without waiting; null where there are none.</summary>
    public KeySet? Held()
    {
        if (_held is not { } held) return null;
        var age = time.GetElapsedTime(held.FetchedAt);
        if (age > Fresh) _ = Fetch();
        return age > Longest ? null : held;
    }

    /// <summary>The keys, with that one among them where it can be had; null where no keys can be had at all.</summary>
    public async Task<KeySet?> WithAsync(string id, CancellationToken cancellation)
    {
        if (Held() is { } held && held.Find(id) is not null) return held;
        await Fetch().WaitAsync(cancellation);
        return Held();
    }

    /// <summary>The fetch that is under way, or begins now, or was the last one.</summary>
    private Task Fetch()
    {
        lock (_gate)
        {
            if (!_fetch.IsCompleted || (_begunAt is { } begun && time.GetElapsedTime(begun) < Pause)) return _fetch;
            _begunAt = time.GetTimestamp();
            return _fetch = Task.Run(FetchAsync);
        }
    }

    private async Task FetchAsync()
    {
        try
        {
            using var client = clients.CreateClient(HttpName);
            var metadata = await client.GetByteArrayAsync(options.Value.OpenIdMetadataUrl);
            _held = KeySet.Read(await client.GetByteArrayAsync(KeysAddress(metadata)), time.GetTimestamp());
            LogFetched(_held.Count);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or JsonException or InvalidDataException)
        {
            LogNotFetched(options.Value.OpenIdMetadataUrl, failure.Message);
        }
    }

    private static Uri KeysAddress(byte[] metadata)
    {
        using var json = JsonDocument.Parse(metadata);
        return json.RootElement.Text("jwks_uri") is { } text && Uri.TryCreate(text, UriKind.Absolute, out var address) && ThisMachine.IsSafe(address) ? address
            : throw new InvalidDataException("the metadata names no https address of keys");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Fetched {Count} keys that Teams' tokens are signed with")]
    private partial void LogFetched(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys that Teams' tokens are signed with could not be fetched by way of {Address}: {Why}")]
    private partial void LogNotFetched(Uri address, string why);
}
