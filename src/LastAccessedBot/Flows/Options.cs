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

    /// <summary>
    /// Subject as typed (<c>group app-dev</c>), units and accounts by their ids (<c>ou ou-a1b2-devel001</c>) → people who may decide about it. A name that
    /// ends in <c>*</c> is for every subject of the home account that begins so and that nobody is named for: <c>group payments-*</c>, <c>role *</c>, <c>*</c>;
    /// <c>group payments-* in staging</c> is for those of another.
    /// </summary>
    public IDictionary<string, IList<string>> Owners { get; init; } = new Dictionary<string, IList<string>>();

    /// <summary>The tag of users, roles and policies that names their owners, as words with spaces between them: <c>surface:id</c>, or teams; null where tags name nobody.</summary>
    /// <remarks>Whoever may tag an identity says who decides about it.</remarks>
    public string? OwnerTag { get; set; }

    /// <summary>What tags may write in the place of people: a word → people.</summary>
    public IDictionary<string, IList<string>> Teams { get; init; } = new Dictionary<string, IList<string>>();

    /// <summary>How long a suggestion stands undecided before the conversation is reminded of it; zero for never.</summary>
    public TimeSpan RemindAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Lifts four eyes.</summary>
    public bool OnePersonMayDoBoth { get; set; }

    /// <summary>How long a proposal waits for a decision.</summary>
    public TimeSpan ExpireAfter { get; set; } = TimeSpan.FromDays(7);

    public Authority ToAuthority() => new(
        [.. Admins],
        Owners.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.ToImmutableHashSet(), StringComparer.OrdinalIgnoreCase),
        OnePersonMayDoBoth);

    /// <summary>Those whom a tag's value names; a word that means nobody is left out.</summary>
    public ImmutableArray<string> NamedBy(string value) =>
        [.. value.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Teams.TryGetValue(word, out var team) ? team : word.Contains(':', StringComparison.Ordinal) ? [word] : []).Distinct(StringComparer.Ordinal)];

    /// <summary>Why the settings cannot be used; null when they can.</summary>
    public string? Problem() =>
        ExpireAfter <= TimeSpan.Zero ? "Approvals:ExpireAfter must be longer than nothing, like `7.00:00:00`."
        : RemindAfter < TimeSpan.Zero ? "Approvals:RemindAfter is a time like `1.00:00:00`, or `00:00:00` for no reminders."
        : null;
}
