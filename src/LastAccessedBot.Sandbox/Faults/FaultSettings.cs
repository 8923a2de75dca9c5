using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LastAccessedBot.Sandbox.Faults;

/// <summary>What goes wrong on purpose. As JSON at <c>/_sandbox/faults</c>; operations as policies name them, e.g. <c>iam:DetachGroupPolicy</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FaultSettings
{
    public static readonly FaultSettings None = new();

    /// <summary>The rate above which calls are throttled.</summary>
    public double? CallsPerSecond { get; init; }

    /// <summary>How many of the next calls of an operation are throttled.</summary>
    public ImmutableDictionary<string, int> ThrottleNext { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>The share of calls that fail with ServiceFailure, 0 to 1.</summary>
    public double ServiceFailureProbability { get; init; }

    /// <summary>How many of the next calls of an operation fail with ServiceFailure, before anything is done.</summary>
    public ImmutableDictionary<string, int> FailNext { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>How many of the next calls of an operation do not find what was made a moment ago: IAM tells all its servers, but not at once.</summary>
    public ImmutableDictionary<string, int> NotFoundNext { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>How many of the next calls of an operation are carried out, and then the connection is cut.</summary>
    public ImmutableDictionary<string, int> LoseNextResponse { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Operations that the caller has no permission for.</summary>
    public ImmutableHashSet<string> AccessDenied { get; init; } = [];

    /// <summary>How long every answer takes.</summary>
    public int LatencyMilliseconds { get; init; }

    /// <summary>Subjects (ARNs, or entity paths of the organization) whose report jobs fail; <c>ACTION_LEVEL</c> and a space before an ARN fails those by action alone.</summary>
    public ImmutableDictionary<string, ReportFailure> FailingReports { get; init; } = ImmutableDictionary<string, ReportFailure>.Empty;

    /// <summary>Actions that CheckNoNewAccess takes for new access in every document that allows them.</summary>
    public ImmutableHashSet<string> SeenAsNewAccess { get; init; } = [];

    /// <summary>Services that ValidatePolicy does not know, as when AWS has them and it has not heard of them yet.</summary>
    public ImmutableHashSet<string> UnknownToValidation { get; init; } = [];

    /// <summary>Every list begins with an empty page that has a continuation.</summary>
    public bool EmptyFirstPage { get; init; }
}

public sealed record ReportFailure(string Code, string Message);
