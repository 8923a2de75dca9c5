using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Trims;

/// <content>The organization.</content>
public sealed partial record Guards
{
    /// <summary>May anything that the root, unit or account has be taken from it?</summary>
    public Prose? AgainstTouching(OrganizationEntity entity) =>
        Named(entity.Ref.Words) ? Prose.Of($"The settings say to leave {entity.Ref.Prose} alone.")
        : Tagged(entity.Tags) ? Prose.Of($"The tag {LeaveAloneTag} says to leave {entity.Ref.Prose} alone.")
        : null;

    /// <summary>May the text of the service control policy be edited?</summary>
    public Prose? AgainstEditing(ServiceControlPolicy policy) =>
        policy.IsAwsManaged ? Prose.Of($"{policy.Name} belongs to AWS and cannot be edited.")
        : Named($"scp {policy.Name}") ? Prose.Of($"The settings say to leave SCP {policy.Name} alone.")
        : Tagged(policy.Tags) ? Prose.Of($"The tag {LeaveAloneTag} says to leave SCP {policy.Name} alone.")
        : KeptElsewhere(policy.Tags, policy.Name);
}
