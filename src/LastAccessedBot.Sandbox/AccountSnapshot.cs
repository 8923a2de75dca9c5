using LastAccessedBot.Sandbox.Model;

namespace LastAccessedBot.Sandbox;

internal static class AccountSnapshot
{
    public static string Of(AccountState state) => string.Join('\n',
        state.Policies.Values.SelectMany(Lines)
            .Concat(state.Identities.SelectMany(identity => Lines(identity, state.Id)))
            .Concat(state.Organization.Policies.Values.OrderBy(policy => policy.Name, StringComparer.Ordinal).SelectMany(Lines)));

    private static IEnumerable<string> Lines(ManagedPolicy policy) =>
    [
        $"policy {policy.Arn} description: {policy.Description}",
        $"policy {policy.Arn} default document: {policy.Default.Document.Json}",
        .. policy.Tags.Select(tag => $"policy {policy.Arn} tag {tag.Key}: {tag.Value}"),
    ];

    private static IEnumerable<string> Lines(Identity identity, string accountId)
    {
        var arn = identity.ArnIn(accountId);
        yield return arn;
        foreach (var policy in identity.Attached)
            yield return $"{arn} attached: {policy}";
        foreach (var (name, document) in identity.Inline)
            yield return $"{arn} inline {name}: {document.Json}";
        foreach (var member in identity is Group group ? group.Members.ToArray() : [])
            yield return $"{arn} member: {member}";
        if (identity is not Actor actor)
            yield break;
        foreach (var line in actor is User user ? Lines(user) : Lines((Role)actor))
            yield return $"{arn} {line}";
        yield return $"{arn} boundary: {actor.Boundary}";
        foreach (var (key, value) in actor.Tags)
            yield return $"{arn} tag {key}: {value}";
    }

    private static IEnumerable<string> Lines(User user) =>
    [
        .. user.AccessKeys.Select(key => $"credential {key.Id}: {key.Status}"),
        .. user.SshPublicKeys.Concat(user.SigningCertificates).Concat(user.ServiceSpecificCredentials).Select(one => $"credential {one.Id}: {one.Status}"),
        .. user.MfaDevices.Select(serial => $"credential {serial}"),
        .. user.LoginProfile is null ? [] : new[] { "credential password" },
    ];

    private static IEnumerable<string> Lines(Role role) =>
    [
        $"description: {role.Description}",
        $"trust policy: {role.TrustPolicy?.Json}",
        $"session duration: {role.MaxSessionDuration}",
        .. role.InstanceProfiles.Select(profile => $"instance profile: {profile}"),
    ];

    private static IEnumerable<string> Lines(ServiceControlPolicy policy) =>
    [
        $"scp {policy.Name} description: {policy.Description}",
        $"scp {policy.Name} content: {policy.Content.Json}",
        .. policy.Targets.Select(target => $"scp {policy.Name} target: {target}"),
    ];
}
