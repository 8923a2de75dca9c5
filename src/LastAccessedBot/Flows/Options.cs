using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>Settings <c>Guards</c>: what is never touched.</summary>
public sealed class GuardOptions
{
    public const string Section = "Guards";

    /// <summary>Service prefixes that every narrowing keeps.</summary>
    public IList<string> ProtectedServices { get; init; } = [];

    /// <summary>Sids of statements that no narrowing touches; <c>*</c> at the end matches any rest.</summary>
    public IList<string> ProtectedSids { get; init; } = [];

    /// <summary><c>group app-dev</c>, <c>policy Name</c>, <c>ou ou-…</c>, <c>account 123456789012</c>, <c>scp Name</c>; <c>*</c> at the end matches any rest.</summary>
    public IList<string> LeaveAlone { get; init; } = [];

    /// <summary>The tag, as <c>key=value</c>, on an entity that is to be left alone.</summary>
    public string LeaveAloneTag { get; set; } = Guards.None.LeaveAloneTag;

    public Guards ToGuards() => new(
        [.. ProtectedServices.Select(ServiceNamespace.Parse).OfType<Parsed<ServiceNamespace>.Ok>().Select(ok => ok.Value)],
        [.. ProtectedSids], [.. LeaveAlone], LeaveAloneTag);

    /// <summary>Why the settings cannot be used; null when they can.</summary>
    public string? Problem() => ProtectedServices.Select(ServiceNamespace.Parse).OfType<Parsed<ServiceNamespace>.Bad>().FirstOrDefault() is { } bad
        ? $"Guards:ProtectedServices: {bad.Why}"
        : null;
}

/// <summary>Settings <c>Approvals</c>: who decides, and for how long a proposal stands.</summary>
public sealed class ApprovalOptions
{
    public const string Section = "Approvals";

    /// <summary>People who may decide about everything, as <c>surface:id</c>.</summary>
    public IList<string> Admins { get; init; } = [];

    /// <summary>Subject as typed (<c>group app-dev</c>), units and accounts by their ids (<c>ou ou-a1b2-devel001</c>) → people who may decide about it.</summary>
    public IDictionary<string, IList<string>> Owners { get; init; } = new Dictionary<string, IList<string>>();

    /// <summary>Lifts four eyes.</summary>
    public bool OnePersonMayDoBoth { get; set; }

    /// <summary>How long a proposal waits for a decision.</summary>
    public TimeSpan ExpireAfter { get; set; } = TimeSpan.FromDays(7);

    public Authority ToAuthority() => new(
        [.. Admins],
        Owners.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.ToImmutableHashSet(), StringComparer.OrdinalIgnoreCase),
        OnePersonMayDoBoth);
}
