using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Tests.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Tests.Trims;

/// <summary>A part of an account in a few words, and the plan that comes of it. Everything is old unless told otherwise.</summary>
internal sealed class SmallAccount
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private AccountState _state = AccountState.Empty;
    private ImmutableSortedDictionary<string, AccessReport> _reports = ImmutableSortedDictionary<string, AccessReport>.Empty;

    private ImmutableSortedDictionary<string, ActionReport> _actions = ImmutableSortedDictionary<string, ActionReport>.Empty;

    public Guards Guards { get; set; } = Guards.None;

    /// <summary>AWS's list of actions.</summary>
    public PublishedActions List { get; set; } = new(new DateOnly(2026, 9, 26), "a test", ImmutableSortedDictionary<ServiceNamespace, ImmutableArray<string>>.Empty);

    public ReviewWindow Window { get; set; } = ReviewWindow.Default;

    public static string PolicyArn(string name) => $"arn:aws:iam::123456789012:policy/{name}";

    public static string AwsArn(string name) => $"arn:aws:iam::aws:policy/{name}";

    public static string Arn(IdentityRef name) => $"arn:aws:iam::123456789012:{name.KindWord}/{name.Name}";

    public static IdentityRef Group(string name) => new(IdentityKind.Group, name);

    public static IdentityRef User(string name) => new(IdentityKind.User, name);

    public static IdentityRef Role(string name) => new(IdentityKind.Role, name);

    public static string Allow(params string[] actions) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[{{string.Join(",", actions.Select(action => $"\"{action}\""))}}],"Resource":"*"}]}""";

    public SmallAccount With(IdentityRef name, string[]? attached = null, string[]? members = null, string[]? groups = null, int days = 500,
        (string Key, string Value)[]? tags = null, (string Name, string Document)[]? inline = null, string path = "/",
        UserDetails? user = null, RoleDetails? role = null, string id = "ID", string? boundary = null)
    {
        _state = _state.With(new Identity
        {
            Ref = name,
            Arn = Arn(name),
            Path = path,
            Id = $"{id}-{name}",
            User = user,
            Role = role,
            Created = Now.AddDays(-days),
            BoundaryArn = boundary is null ? null : PolicyArn(boundary),
            Attached = [.. (attached ?? []).Select(policy => policy.StartsWith("arn:", StringComparison.Ordinal) ? policy : PolicyArn(policy))],
            Members = [.. members ?? []],
            Groups = [.. groups ?? []],
            Tags = (tags ?? []).ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value),
            Inline = (inline ?? []).ToImmutableSortedDictionary(one => one.Name, one => one.Document),
        });
        return this;
    }

    public SmallAccount With(string policy, string document, IdentityRef[]? attachedTo = null, int days = 500, int versions = 1,
        (string Key, string Value)[]? tags = null, IdentityRef[]? boundaryOf = null)
    {
        var arn = policy.StartsWith("arn:", StringComparison.Ordinal) ? policy : PolicyArn(policy);
        _state = _state.With(new ManagedPolicy
        {
            Name = arn[(arn.LastIndexOf('/') + 1)..],
            Arn = arn,
            Path = "/",
            Id = $"ID-{policy}",
            Created = Now.AddDays(-days),
            Versions = [.. Enumerable.Range(1, versions).Select(number => new PolicyVersion($"v{number}", number == versions, Now.AddDays(-days), number == versions ? document : Allow($"old{number}:*")))],
            AttachedTo = [.. attachedTo ?? []],
            BoundaryOf = [.. boundaryOf ?? []],
            Tags = (tags ?? []).ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value),
        });
        return this;
    }

    /// <summary>A report: service → days since the last attempt, or null for none in the tracking period.</summary>
    public SmallAccount Used(string arn, params (string Service, int? Days)[] services)
    {
        _reports = _reports.SetItem(arn, new AccessReport.Complete(arn, Now, services.ToImmutableSortedDictionary(
            one => Policy.Service(one.Service),
            one => new ServiceUse(Policy.Service(one.Service), one.Service.ToUpperInvariant(), one.Days is { } days ? Now.AddDays(-days) : null, one.Days is null ? null : Arn(User("someone")), one.Days is null ? 0 : 1))));
        return this;
    }

    public SmallAccount Used(IdentityRef name, params (string Service, int? Days)[] services) => Used(Arn(name), services);

    /// <summary>A report by action of one service: action → days since the last attempt, or null for none in the tracking period.</summary>
    public SmallAccount UsedActions(string arn, string service, params (string Action, int? Days)[] actions)
    {
        var tracked = actions.ToImmutableSortedDictionary(one => one.Action, one => new ActionUse(one.Action, one.Days is { } days ? Now.AddDays(-days) : null, null), StringComparer.OrdinalIgnoreCase);
        var report = _actions.GetValueOrDefault(arn) as ActionReport.Complete ?? new ActionReport.Complete(arn, Now, ImmutableSortedDictionary<ServiceNamespace, ImmutableSortedDictionary<string, ActionUse>>.Empty);
        _actions = _actions.SetItem(arn, report with { Services = report.Services.SetItem(Policy.Service(service), tracked) });
        return this;
    }

    public SmallAccount UsedActions(IdentityRef name, string service, params (string Action, int? Days)[] actions) => UsedActions(Arn(name), service, actions);

    /// <summary>What AWS lists of a service.</summary>
    public SmallAccount Publishes(string service, params string[] actions)
    {
        List = List with { Services = List.Services.SetItem(Policy.Service(service), [.. actions]) };
        return this;
    }

    public SmallAccount ActionsFailed(IdentityRef name)
    {
        _actions = _actions.SetItem(Arn(name), new ActionReport.Failed(Arn(name), Now, "ServiceFailure", "try later"));
        return this;
    }

    public SmallAccount Failed(IdentityRef name)
    {
        _reports = _reports.SetItem(Arn(name), new AccessReport.Failed(Arn(name), Now, "ServiceFailure", "try later"));
        return this;
    }

    public AccountState State => _state;

    public AccessReview BeforeDeleting(IdentityRef name) => Plan(new ReviewSubject.OfIdentity(name), Question.Delete);

    public AccessReview BeforeDeleting(string policy) => Plan(new ReviewSubject.OfPolicy(PolicyArn(policy)), Question.Delete);

    public AccessReview Ask(Question question, IdentityRef name) => Plan(new ReviewSubject.OfIdentity(name), question);

    public AccessReview Review(IdentityRef name) => Plan(new ReviewSubject.OfIdentity(name));

    public AccessReview Review(string policy) => Plan(new ReviewSubject.OfPolicy(PolicyArn(policy)));

    public ReviewFacts Facts(ReviewSubject subject, Question question = Question.Unused) =>
        new(subject, _state, _reports, Window, Now, question) { ActionReports = _actions, Published = List };

    private AccessReview Plan(ReviewSubject subject, Question question = Question.Unused) => TrimPlanner.Plan(Facts(subject, question), Guards);
}
