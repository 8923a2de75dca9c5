using System.Text.Json;

namespace LastAccessedBot.Sandbox.Evaluation;

/// <summary>One statement, reduced to what an evaluation asks of it.</summary>
public sealed class Statement
{
    private readonly IReadOnlyList<string> actions;
    private readonly bool actionsAreExcluded;
    private readonly IReadOnlyList<string> resources;
    private readonly bool resourcesAreExcluded;

    private Statement(JsonElement json)
    {
        IsAllow = json.GetProperty("Effect").GetString() == "Allow";
        actionsAreExcluded = json.TryGetProperty("NotAction", out var notAction);
        actions = Strings(actionsAreExcluded ? notAction : json.GetProperty("Action"));
        resourcesAreExcluded = json.TryGetProperty("NotResource", out var notResource);
        resources = resourcesAreExcluded ? Strings(notResource) : json.TryGetProperty("Resource", out var resource) ? Strings(resource) : ["*"];
        IsConditional = json.TryGetProperty("Condition", out var condition) && condition.EnumerateObject().Any();
        Scope = "{" + string.Join(',', ScopeKeys
            .Where(key => json.TryGetProperty(key, out _))
            .Select(key => $"\"{key}\":{CanonicalJson.Of(json.GetProperty(key))}")) + "}";
    }

    private static readonly string[] ScopeKeys = ["Condition", "NotPrincipal", "NotResource", "Principal", "Resource"];

    public bool IsAllow { get; }

    public bool IsConditional { get; }

    /// <summary>Where and when the statement holds: its Resource, Condition and Principal in canonical JSON.</summary>
    public string Scope { get; }

    /// <summary>Whether the statement holds on every resource, unconditionally.</summary>
    public bool HoldsEverywhere => !IsConditional && !resourcesAreExcluded && resources.Contains("*");

    internal static Statement Read(JsonElement json) => new(json);

    public bool NamesAction(string action) =>
        actions.Any(pattern => Wildcard.Matches(pattern, action, ignoreCase: true)) != actionsAreExcluded;

    /// <summary>Asked with <c>*</c>, whether the statement holds on any resource at all.</summary>
    public bool NamesResource(string resource) =>
        resource == "*" || resources.Any(pattern => Wildcard.Matches(pattern, resource, ignoreCase: false)) != resourcesAreExcluded;

    /// <summary>One action of the service for each way in which the statement can name the service; none when it doesn't.</summary>
    public IEnumerable<string> SamplesOf(string serviceNamespace)
    {
        var anyAction = serviceNamespace + ":AnyOtherAction";
        if (actionsAreExcluded)
            return NamesAction(anyAction) ? [anyAction] : [];
        return actions.Select(pattern => Sample(pattern, serviceNamespace)).OfType<string>();
    }

    private static string? Sample(string pattern, string serviceNamespace)
    {
        if (pattern.All(character => character == '*'))
            return serviceNamespace + ":AnyOtherAction";
        var colon = pattern.IndexOf(':');
        return colon > 0 && Wildcard.Matches(pattern.AsSpan(0, colon), serviceNamespace, ignoreCase: true)
            ? serviceNamespace + ":" + pattern[(colon + 1)..].Replace("*", "AnyOtherAction", StringComparison.Ordinal).Replace('?', 'x')
            : null;
    }

    private static string[] Strings(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(item => item.GetString() ?? "")]
        : [value.GetString() ?? ""];
}
