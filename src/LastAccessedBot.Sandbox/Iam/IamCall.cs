using System.Xml.Linq;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;

namespace LastAccessedBot.Sandbox.Iam;

/// <summary>One IAM (or STS) request on its way through an operation.</summary>
public sealed record IamCall(ServiceCall Service, string Operation, QueryParameters Parameters)
{
    public AccountState State => Service.State;

    public When Now => When.At(Service.Now);

    public string this[string parameter] => Parameters.Required(parameter);

    public DateTimeOffset Resolve(When when) => when.Since(Service.LoadedAt);

    /// <summary>The page that the request asks for, with the elements that tell whether there is more.</summary>
    public object[] Page<T>(IEnumerable<T> all, Func<IReadOnlyList<T>, object?> write)
    {
        var page = Cut(all);
        return
        [
            write(page.Items) ?? "",
            Xml.Element("IsTruncated", page.Next is not null),
            .. page.Next is null ? [] : new[] { Xml.Element("Marker", page.Next) },
        ];
    }

    public object[] Page<T>(string listName, IEnumerable<T> all, Func<T, XElement> member) =>
        Page(all, items => Xml.List(listName, items.Select(member)));

    /// <summary>Keeps what lies under the path that the request asks for.</summary>
    public bool UnderPath(string path) => path.StartsWith(Parameters["PathPrefix"] ?? "/", StringComparison.Ordinal);

    public User User(string parameter = "UserName") => State.Users.GetValueOrDefault(this[parameter]) ?? throw Missing(EntityKind.User, this[parameter]);

    public Group Group() => State.Groups.GetValueOrDefault(this["GroupName"]) ?? throw Missing(EntityKind.Group, this["GroupName"]);

    public Role Role() => State.Roles.GetValueOrDefault(this["RoleName"]) ?? throw Missing(EntityKind.Role, this["RoleName"]);

    /// <summary>The role, if anyone but AWS may change it.</summary>
    public Role ModifiableRole() => Role() is { IsServiceLinked: false } role ? role : throw AwsException.UnmodifiableEntity(this["RoleName"]);

    public Identity Identity(EntityKind kind) => State.Find(kind, this[kind + "Name"]) ?? throw Missing(kind, this[kind + "Name"]);

    public Identity ModifiableIdentity(EntityKind kind) => kind == EntityKind.Role ? ModifiableRole() : Identity(kind);

    public ManagedPolicy Policy(string parameter = "PolicyArn")
    {
        var arn = this[parameter];
        if (!arn.StartsWith("arn:", StringComparison.Ordinal))
            throw AwsException.InvalidInput($"ARN {arn} is not valid.");
        return State.FindPolicy(arn) ?? throw AwsException.NoSuchEntity($"Policy {arn} does not exist or is not attachable.");
    }

    /// <summary>A customer managed policy: AWS's own can't be changed.</summary>
    public ManagedPolicy CustomerPolicy() => Policy() is var policy && State.Policies.ContainsValue(policy)
        ? policy
        : throw AwsException.AccessDenied($"User: {Service.Caller.Arn} is not authorized to perform: iam:{Operation} on resource: policy {policy.Arn}");

    private static AwsException Missing(EntityKind kind, string name) =>
        AwsException.NoSuchEntity($"The {kind.ToString().ToLowerInvariant()} with name {name} cannot be found.");

    private Page<T> Cut<T>(IEnumerable<T> all)
    {
        var list = string.Join('\n', Parameters.All
            .Where(parameter => parameter.Key is not ("Marker" or "MaxItems"))
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => parameter.Key + "=" + parameter.Value)
            .Prepend(Service.Caller.AccessKeyId));
        return Service.Paging.Cut(all, list, Parameters["Marker"], Parameters.Number("MaxItems", 100, 1, 1000));
    }
}
