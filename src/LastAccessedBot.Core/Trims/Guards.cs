using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims;

/// <summary>What is never touched, whatever the evidence says. Each question answers null, or the sentence that withholds the trim.</summary>
/// <param name="Services">Services that every narrowing keeps.</param>
/// <param name="Sids">Statements that no narrowing touches; <c>*</c> at the end matches any rest.</param>
/// <param name="LeaveAlone">Identities and policies as <c>group app-dev</c>, <c>policy Name</c>, <c>ou ou-…</c>, <c>account 123456789012</c> or <c>scp Name</c>; <c>*</c> at the end matches any rest.</param>
/// <param name="LeaveAloneTag">A tag, as <c>key=value</c>, that says the same on the entity itself.</param>
public sealed partial record Guards(ImmutableSortedSet<ServiceNamespace> Services, ImmutableArray<string> Sids, ImmutableArray<string> LeaveAlone, string LeaveAloneTag)
{
    public static Guards None { get; } = new([], [], [], "LastAccessedBot=leave-alone");

    /// <summary>Whether a statement is out of reach by its Sid.</summary>
    public bool Protects(Statement statement) => statement.Sid is { } sid && Sids.Any(pattern => pattern.EndsWith('*')
        ? sid.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : sid == pattern);

    /// <summary>May anything that the identity has be taken from it?</summary>
    public Prose? AgainstTouching(Identity identity) =>
        identity.IsServiceLinked ? Prose.Of($"{identity.Ref.Name} is a service-linked role; only its AWS service changes it.")
        : Named(identity.Ref.ToString()) ? Prose.Of($"The settings say to leave {identity.Ref.KindWord:w} {identity.Ref.Name} alone.")
        : Tagged(identity.Tags) ? Prose.Of($"The tag {LeaveAloneTag} says to leave {identity.Ref.KindWord:w} {identity.Ref.Name} alone.")
        : null;

    /// <summary>May the policy be detached?</summary>
    public Prose? AgainstDetaching(ManagedPolicy policy) =>
        Named($"policy {policy.Name}") ? Prose.Of($"The settings say to leave policy {policy.Name} alone.")
        : Tagged(policy.Tags) ? Prose.Of($"The tag {LeaveAloneTag} says to leave policy {policy.Name} alone.")
        : KeptElsewhere(policy.Tags, policy.Name);

    /// <summary>May the policy's document be edited, or the policy be deleted?</summary>
    public Prose? AgainstEditing(ManagedPolicy policy) =>
        policy.IsAwsManaged ? Prose.Of($"{policy.Name} belongs to AWS and cannot be edited.")
        : policy.BoundaryOf.Count > 0
            ? Prose.Of($"{policy.Name} is also the permissions boundary of {policy.BoundaryOf[0].KindWord:w} {policy.BoundaryOf[0].Name}; such use never shows in last-accessed data.")
        : AgainstDetaching(policy);

    /// <summary>May the document be taken away whole? Not where it denies something: without it, more would be allowed.</summary>
    public static Prose? AgainstLosing(string name, PolicyDocument document) =>
        document.Denies ? Prose.Of($"{name} also denies: without it, more would be allowed than is now.") : null;

    internal static Prose? AgainstLosing(Holding holding) => holding.Document is { } document ? AgainstLosing(holding.Name, document) : null;

    /// <summary>Templates write their own truth over every change made beside them: the change belongs into the template.</summary>
    public static Prose? KeptElsewhere(ImmutableSortedDictionary<string, string> tags, string name) =>
        tags.Keys.Any(key => key.StartsWith("aws:cloudformation:", StringComparison.OrdinalIgnoreCase))
            ? Prose.Of($"CloudFormation manages {name}{Prose.Of($" (stack {tags.GetValueOrDefault("aws:cloudformation:stack-name") ?? "unknown"})")}; change its template, or the next deployment undoes the trim.")
        : tags.Any(tag => IsTerraform(tag.Key) || (IsManagedBy(tag.Key) && IsTerraform(tag.Value)))
            ? Prose.Of($"Terraform manages {name}; change its configuration, or the next apply undoes the trim.")
        : null;

    private static bool IsManagedBy(string key) => key.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Equals("managedby", StringComparison.OrdinalIgnoreCase);

    private static bool IsTerraform(string text) => text.Equals("terraform", StringComparison.OrdinalIgnoreCase);

    private bool Tagged(ImmutableSortedDictionary<string, string> tags)
    {
        var at = LeaveAloneTag.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && tags.GetValueOrDefault(LeaveAloneTag[..at]) == LeaveAloneTag[(at + 1)..];
    }

    private bool Named(string words) => LeaveAlone.Any(pattern => pattern.EndsWith('*')
        ? words.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : words.Equals(pattern, StringComparison.OrdinalIgnoreCase));
}
