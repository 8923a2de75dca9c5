using System.Text;

namespace LastAccessedBot.Core.Account;

/// <content>The organization around the account.</content>
public sealed partial record AccountState
{
    /// <summary>null: nobody asked for it.</summary>
    public OrganizationState? Organization { get; init; }

    // Which names other SCPs have decides what a new one is called, and the edits say that: a stranger's new SCP is no drift.
    private static void Details(StringBuilder text, OrganizationState organization)
    {
        Line(text, "organization", organization.Id, organization.ManagementAccountId, $"{organization.Limits.Characters}", $"{organization.Limits.PerTarget}");
        Line(text, "path", [.. organization.Path.Select(entity => entity.Ref.Id)]);
        foreach (var entity in organization.Path.Concat(organization.Below))
        {
            Line(text, "entity", entity.Ref.Id, entity.Ref.Name, entity.ParentId ?? "", $"{entity.Joined:O}");
            Pairs(text, "tags", entity.Tags);
        }
        foreach (var policy in organization.Policies)
        {
            Line(text, "scp", policy.Id, policy.Name, policy.Description, policy.IsAwsManaged ? "aws" : "", policy.Content);
            Line(text, "targets", [.. policy.Targets.Select(target => target.Id)]);
            Pairs(text, "tags", policy.Tags);
        }
    }
}
