using System.Text.Json;

namespace LastAccessedBot.Sandbox.Evaluation;

/// <summary>One statement, reduced to what an evaluation asks of it.</summary>
public sealed class Statement
{
    private readonly bool resourcesAreExcluded;

    private Statement(JsonElement json)
    {
        IsAllow = json.GetProperty("Effect").GetString() == "Allow";
        StatementId = json.TryGetProperty("Sid", out var sid) ? sid.GetString() : null;
        ActionsAreExcluded = json.TryGetProperty("NotAction", out var notAction);
        Actions = Strings(ActionsAreExcluded ? notAction : json.GetProperty("Action"));
        resourcesAreExcluded = json.TryGetProperty("NotResource", out var notResource);
        Resources = resourcesAreExcluded ? Strings(notResource) : json.TryGetProperty("Resource", out var resource) ? Strings(resource) : ["*"];
        IsConditional = json.TryGetProperty("Condition", out var condition) && condition.EnumerateObject().Any();
        ConditionText = IsConditional ? CanonicalJson.Of(condition) : "";
        Scope = "{" + string.Join(',', ScopeKeys
            .Where(key => json.TryGetProperty(key, out _))
            .Select(key => $"\"{key}\":{CanonicalJson.Of(json.GetProperty(key))}")) + "}";
    }

    private static readonly string[] ScopeKeys = ["Condition", "NotPrincipal", "NotResource", "Principal", "Resource"];

    public bool IsAllow { get; }

    public string? StatementId { get; }

    /// <summary>The patterns of Action, or of NotAction.</summary>
    public IReadOnlyList<string> Actions { get; }

    public bool ActionsAreExcluded { get; }

    /// <summary>The patterns of Resource, or of NotResource.</summary>
    public IReadOnlyList<string> Resources { get; }

    public bool IsConditional { get; }

    /// <summary>The Condition in canonical JSON; empty without one.</summary>
    public string ConditionText { get; }

    /// <summary>Where and when the statement holds: its Resource, Condition and Principal in canonical JSON.</summary>
    public string Scope { get; }

    /// <summary>Whether the statement holds on every resource, unconditionally.</summary>
    public bool HoldsEverywhere => !IsConditional && !resourcesAreExcluded && Resources.Contains("*");

    internal static Statement Read(JsonElement json) => new(json);

    public bool NamesAction(string action) =>
        Actions.Any(pattern => Wildcard.Matches(pattern, action, ignoreCase: true)) != ActionsAreExcluded;

    /// <summary>Asked with <c>*</c>, whether the statement holds on any resource at all.</summary>
    public bool NamesResource(string resource) =>
        resource == "*" || Resources.Any(pattern => Wildcard.Matches(pattern, resource, ignoreCase: false)) != resourcesAreExcluded;

    /// <summary>One action of the service for each way in which the statement can name the service; none when it doesn't.</summary>
    public IEnumerable<string> SamplesOf(string serviceNamespace)
    {
        var anyAction = serviceNamespace + ":AnyOtherAction";
        if (ActionsAreExcluded)
            return NamesAction(anyAction) ? [anyAction] : [];
        return Actions.Select(pattern => Sample(pattern, serviceNamespace)).OfType<string>();
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
