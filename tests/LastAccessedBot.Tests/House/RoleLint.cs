namespace LastAccessedBot.Tests.House;

/// <summary>Says what is wrong with the role templates, a sentence each; nothing where they are as they should be.</summary>
internal sealed class RoleLint(Func<string, string> text)
{
    public const string Reader = "reader", Trimmer = "trimmer", Member = "member-account", OrganizationReader = "organization-reader", OrganizationTrimmer = "organization-trimmer";

    public static readonly string[] Names = [Reader, Trimmer, Member, OrganizationReader, OrganizationTrimmer];

    /// <summary>IAM's quota for all inline policies of a role together, in characters.</summary>
    private const int MostCharacters = 10_240;

    // AWS knows no resource for a service control policy that is still to be made.
    private static readonly string[] s_withoutResource = ["organizations:CreatePolicy"];

    private static readonly string[] s_writes = [.. CalledOperations.HomeWrites, .. CalledOperations.OrganizationWrites];

    private readonly Dictionary<string, RoleTemplate> _templates = Names.ToDictionary(name => name, name => new RoleTemplate(name, text(name)));

    public IEnumerable<string> Faults =>
    [
        .. Exactly(Reader, CalledOperations.HomeReads),
        .. Exactly(Trimmer, CalledOperations.HomeWrites),
        .. Exactly(Member, [.. CalledOperations.HomeReads, .. CalledOperations.HomeWrites]),
        .. Exactly(OrganizationReader, CalledOperations.OrganizationReads),
        .. Exactly(OrganizationTrimmer, CalledOperations.OrganizationWrites),
        .. _templates.Values.SelectMany(template => template.Statements.Where(statement => statement.Allows).SelectMany(statement => OfAllowed(statement).Select(fault => $"{template.Name}, {statement.Sid}: {fault}"))),
        .. new[] { Trimmer, Member }.SelectMany(name => Fences(_templates[name])),
        .. Tagged(_templates[OrganizationTrimmer], CalledOperations.OrganizationWrites),
        .. new[] { Member, OrganizationReader }.Where(name => !_templates[name].Trust.All(trust => trust.ConditionKeys.Contains("sts:ExternalId"))).Select(name => $"{name}: the role may be assumed without an external id"),
        .. _templates.Values.Where(template => template.Roles.Any(role => (string?)role["Path"] != "/last-accessed-bot/")).Select(template => $"{template.Name}: the role is not below /last-accessed-bot/"),
        .. SameInMember(),
        .. new[] { new[] { Reader, Trimmer }, [Member], [OrganizationReader, OrganizationTrimmer] }.Where(role => role.Sum(name => _templates[name].Characters) > MostCharacters).Select(role => $"{string.Join(" and ", role)}: more than {MostCharacters} characters"),
    ];

    private IEnumerable<string> Exactly(string name, IEnumerable<string> called)
    {
        var allowed = _templates[name].Statements.Where(statement => statement.Allows).SelectMany(statement => statement.Actions).Where(action => action != "sts:AssumeRole").ToHashSet();
        var wanted = called.ToHashSet();
        return [.. wanted.Except(allowed).Select(action => $"{name}: {action} is missing"), .. allowed.Except(wanted).Select(action => $"{name}: nothing calls {action}")];
    }

    private static IEnumerable<string> OfAllowed(RoleStatement statement)
    {
        if (statement.Actions.Any(action => action.Contains('*'))) yield return "allows by a wildcard";
        var writes = statement.Actions.Where(s_writes.Contains).ToArray();
        if (writes.Length == 0) yield break;
        if (statement.Resources.Length == 0 || statement.Resources.Any(resource => resource == "*") && writes.Except(s_withoutResource).Any()) yield return "changes any resource";
        var isOfIam = writes.All(action => action.StartsWith("iam:", StringComparison.Ordinal));
        if (isOfIam && !statement.Resources.All(resource => resource.EndsWith("${Path}*", StringComparison.Ordinal))) yield return "is not fenced by the path";
        if (writes.Any(action => action.StartsWith("iam:Attach", StringComparison.Ordinal) || action.StartsWith("iam:Detach", StringComparison.Ordinal)) && !statement.ConditionKeys.Contains("iam:PolicyARN")) yield return "is not fenced by iam:PolicyARN";
        if (writes.Contains("iam:PassRole") && !statement.ConditionKeys.Contains("iam:PassedToService")) yield return "is not fenced by iam:PassedToService";
        if (!isOfIam && !statement.ConditionKeys.Contains("organizations:PolicyType")) yield return "is not fenced by organizations:PolicyType";
    }

    private static IEnumerable<string> Fences(RoleTemplate template)
    {
        var denied = template.Statements.Where(statement => !statement.Allows).ToArray();
        var itself = denied.Where(statement => statement.ConditionKeys.Length == 0 && statement.Resources.Any(resource => resource.EndsWith(":role/last-accessed-bot/*", StringComparison.Ordinal))).ToArray();
        var onRoles = template.Statements.Where(statement => statement.Allows && statement.Resources.Any(resource => resource.Contains(":role$", StringComparison.Ordinal)))
            .SelectMany(statement => statement.Actions).Where(s_writes.Contains);
        foreach (var action in onRoles.Where(action => !itself.Any(statement => statement.Covers(action)))) yield return $"{template.Name}: {action} may change the bot's own roles";
        if (template.Name == Trimmer && !itself.Any(statement => statement.Resources.Contains("${HostPrincipalArn}"))) yield return $"{template.Name}: may change who the bot runs as";
        foreach (var fault in Tagged(template, CalledOperations.HomeWrites)) yield return fault;
        foreach (var (action, key) in new[]
        {
            ("iam:DeleteRolePermissionsBoundary", "ArnEquals"), ("iam:DeleteUserPermissionsBoundary", "ArnEquals"), ("iam:PutRolePermissionsBoundary", "ArnNotEquals"),
            ("iam:PutUserPermissionsBoundary", "ArnNotEquals"), ("iam:CreateRole", "ArnNotEquals"), ("iam:CreateUser", "ArnNotEquals"),
        })
        {
            if (!denied.Any(statement => statement.Covers(action) && statement.Json.Contains($$$"""{"{{{key}}}":{"iam:PermissionsBoundary":{"Ref":"BoundaryArn"}}""", StringComparison.Ordinal)))
                yield return $"{template.Name}: {action} goes past the boundary that must stay";
        }
        foreach (var action in new[] { "iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion" }.Where(action => !denied.Any(statement => statement.Covers(action) && statement.Resources.Contains("${BoundaryArn}"))))
            yield return $"{template.Name}: {action} may rewrite the boundary that must stay";
    }

    private static IEnumerable<string> Tagged(RoleTemplate template, IEnumerable<string> writes)
    {
        var tagged = template.Statements.Where(statement => !statement.Allows && statement.ConditionKeys.Contains("aws:ResourceTag/LastAccessedBot")).ToArray();
        return writes.Where(action => !tagged.Any(statement => statement.Covers(action))).Select(action => $"{template.Name}: {action} goes past the tag");
    }

    // A stack set takes one file, so the text stands twice; it says the same twice.
    private IEnumerable<string> SameInMember()
    {
        var home = _templates[Reader].Statements.Where(statement => !statement.Actions.Contains("sts:AssumeRole")).Concat(_templates[Trimmer].Statements).Where(statement => statement.Sid != "NeverItself").ToDictionary(statement => statement.Sid, statement => statement.Json);
        var member = _templates[Member].Statements.Where(statement => statement.Sid != "NeverItself").ToDictionary(statement => statement.Sid, statement => statement.Json);
        return home.Keys.Union(member.Keys).Where(sid => home.GetValueOrDefault(sid) != member.GetValueOrDefault(sid)).Select(sid => $"{Member}, {sid}: differs from {Reader} and {Trimmer}");
    }
}
