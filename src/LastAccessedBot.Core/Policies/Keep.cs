using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace LastAccessedBot.Core.Policies;

/// <summary>What a narrowing leaves allowed: whole services, of a service only some actions, or all but some.</summary>
public sealed partial class Keep
{
    private readonly ulong[] _heads;
    private readonly KeptService[] _kept;

    private Keep(ImmutableSortedDictionary<ServiceNamespace, ImmutableArray<string>> services, IEnumerable<ServiceCut> cuts)
    {
        Services = services;
        _kept = [.. services.Select(pair => new KeptService(pair.Key, pair.Value)), .. cuts.Select(cut => new KeptService(cut))];
        Array.Sort(_kept);
        _heads = [.. _kept.Select(kept => kept.Head)];
    }

    /// <summary>Service → the only actions to keep of it, without prefix; empty: all of the service. Services that are cut stand apart.</summary>
    public ImmutableSortedDictionary<ServiceNamespace, ImmutableArray<string>> Services { get; }

    internal ReadOnlySpan<KeptService> All => _kept;

    public static Keep Of(IEnumerable<ServiceNamespace> services) =>
        Of(services, []);

    /// <param name="cuts">Services that are kept but for some actions, each once; whether they are among <paramref name="services"/> does not matter.</param>
    public static Keep Of(IEnumerable<ServiceNamespace> services, ImmutableArray<ServiceCut> cuts) =>
        new(services.Except(cuts.Select(cut => cut.Service)).ToImmutableSortedDictionary(service => service, _ => ImmutableArray<string>.Empty), cuts);

    /// <summary>Reads names as people type them.</summary>
    /// <param name="actions">Service → actions without prefix (<c>GetObject</c>, wildcards allowed), of services that are kept.</param>
    public static Parsed<Keep> Parse(IEnumerable<string> services, IEnumerable<KeyValuePair<string, IReadOnlyList<string>>>? actions = null)
    {
        var kept = ImmutableSortedDictionary.CreateBuilder<ServiceNamespace, ImmutableArray<string>>();
        foreach (var text in services)
        {
            if (ServiceNamespace.Parse(text) is not Parsed<ServiceNamespace>.Ok { Value: var service }) return Bad(((Parsed<ServiceNamespace>.Bad)ServiceNamespace.Parse(text)).Why);
            kept[service] = [];
        }
        foreach (var (text, names) in actions ?? [])
        {
            if (ServiceNamespace.Parse(text) is not Parsed<ServiceNamespace>.Ok { Value: var service } || !kept.ContainsKey(service))
                return Bad(new Refusal($"actions are given for `{text}`, which is not kept", $"keep `{text}` too, or leave its actions out"));
            if (names.Count == 0) return Bad(new Refusal($"the list of actions to keep of `{text}` is empty", $"name an action, or leave `{text}` out of the services"));
            if (names.FirstOrDefault(name => !ActionName().IsMatch(name)) is { } wrong)
                return Bad(new Refusal($"`{wrong}` is not an action of `{text}`", "write it without the service, like `GetObject`"));
            kept[service] = [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
        }
        return new Parsed<Keep>.Ok(new Keep(kept.ToImmutable(), []));

        static Parsed<Keep> Bad(Refusal why) => new Parsed<Keep>.Bad(why);
    }

    /// <summary>The kept service with this name in any case, or none.</summary>
    internal KeptService? Find(ReadOnlySpan<byte> service, ulong head)
    {
        // A dozen heads are compared at once; a search by halves would take longer.
        for (var at = _heads.AsSpan().IndexOf(head); at >= 0 && at < _heads.Length && _heads[at] == head; at++)
            if (_kept[at].Name.Length == service.Length && (service.Length <= ServiceHead.Length || ActionText.Same(_kept[at].Name, service))) return _kept[at];
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9*?_.-]{1,128}\z")]
    private static partial Regex ActionName();
}
