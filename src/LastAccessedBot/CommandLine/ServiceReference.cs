using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.CommandLine;

/// <summary>AWS's service reference: a list of services, and for each a document with its actions. Source: the IAM user guide's page on simplified AWS service information.</summary>
internal sealed class ServiceReference(Uri list) : IDisposable
{
    private const int AtOnce = 8, LargestBytes = 16 * 1024 * 1024;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60), MaxResponseContentBufferSize = LargestBytes };

    /// <summary>All of it, or the sentence that says which part did not come.</summary>
    public async Task<Parsed<PublishedActions>> ReadAsync(DateOnly today, CancellationToken cancellation)
    {
        try
        {
            var services = new ConcurrentDictionary<ServiceNamespace, ImmutableArray<string>>();
            var addresses = await AddressesAsync(cancellation);
            await Parallel.ForEachAsync(addresses, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (address, token) =>
            {
                var (service, actions) = await ServiceAsync(address, token);
                if (!actions.IsEmpty) services.AddOrUpdate(service, actions, (_, others) => [.. others, .. actions]);
            });
            return services.IsEmpty
                ? throw new UnusableException($"`{list}` names no service")
                : new Parsed<PublishedActions>.Ok(new PublishedActions(today, $"AWS's service reference, {list}", services.ToImmutableSortedDictionary()));
        }
        catch (UnusableException unusable)
        {
            return new Parsed<PublishedActions>.Bad(new Refusal(unusable.Message, "the file was left as it is"));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<ImmutableArray<Uri>> AddressesAsync(CancellationToken cancellation)
    {
        var entries = await JsonAsync(list, cancellation);
        try
        {
            return [.. entries.EnumerateArray().Select(entry => new Uri(list, entry.GetProperty("url").GetString()!))];
        }
        catch (Exception unlike) when (unlike is KeyNotFoundException or InvalidOperationException or UriFormatException)
        {
            throw new UnusableException($"`{list}` does not look like a list of services");
        }
    }

    private async Task<(ServiceNamespace Service, ImmutableArray<string> Actions)> ServiceAsync(Uri address, CancellationToken cancellation)
    {
        // The list comes from there, and so must what it points to.
        if (address.GetLeftPart(UriPartial.Authority) != list.GetLeftPart(UriPartial.Authority)) throw new UnusableException($"`{list}` points elsewhere, to `{address}`");
        var document = await JsonAsync(address, cancellation);
        try
        {
            if (ServiceNamespace.Parse(document.GetProperty("Name").GetString()!) is not Parsed<ServiceNamespace>.Ok { Value: var service }) throw new UnusableException($"`{address}` is of no service that can be in a policy");
            ImmutableArray<string> actions = document.TryGetProperty("Actions", out var listed) ? [.. listed.EnumerateArray().Select(action => action.GetProperty("Name").GetString()!)] : [];
            return actions.All(PublishedActions.IsAction) ? (service, actions) : throw new UnusableException($"`{address}` holds what is no action");
        }
        catch (Exception unlike) when (unlike is KeyNotFoundException or InvalidOperationException)
        {
            throw new UnusableException($"`{address}` does not look like a service's actions");
        }
    }

    private async Task<JsonElement> JsonAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            using var document = JsonDocument.Parse(await _http.GetByteArrayAsync(address, cancellation));
            return document.RootElement.Clone();
        }
        catch (HttpRequestException failed)
        {
            throw new UnusableException($"`{address}` did not answer: {failed.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new UnusableException($"`{address}` did not answer in time");
        }
        catch (JsonException)
        {
            throw new UnusableException($"`{address}` is not JSON");
        }
    }

    private sealed class UnusableException(string why) : Exception(why);
}
