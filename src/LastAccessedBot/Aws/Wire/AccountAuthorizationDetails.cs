using System.Collections.Immutable;
using System.Xml.Linq;

namespace LastAccessedBot.Aws.Wire;

/// <summary>The whole account, or the kinds that were asked for, with all documents.</summary>
public sealed record AccountAuthorizationDetails(
    ImmutableArray<UserDetail> UserDetailList, ImmutableArray<GroupDetail> GroupDetailList, ImmutableArray<RoleDetail> RoleDetailList,
    ImmutableArray<ManagedPolicyDetail> Policies);

public sealed record PolicyDetail(string PolicyName, string PolicyDocument)
{
    internal static PolicyDetail From(XElement xml) => new(xml.Text("PolicyName"), xml.Document("PolicyDocument"));
}

public sealed record UserDetail(
    IamUser User, ImmutableArray<PolicyDetail> UserPolicyList, ImmutableArray<string> GroupList,
    ImmutableArray<AttachedPolicy> AttachedManagedPolicies)
{
    internal static UserDetail From(XElement xml) => new(
        IamUser.From(xml), xml.Members("UserPolicyList", PolicyDetail.From), xml.Texts("GroupList"),
        xml.Members("AttachedManagedPolicies", AttachedPolicy.From));
}

public sealed record GroupDetail(IamGroup Group, ImmutableArray<PolicyDetail> GroupPolicyList, ImmutableArray<AttachedPolicy> AttachedManagedPolicies)
{
    internal static GroupDetail From(XElement xml) => new(
        IamGroup.From(xml), xml.Members("GroupPolicyList", PolicyDetail.From), xml.Members("AttachedManagedPolicies", AttachedPolicy.From));
}

public sealed record RoleDetail(IamRole Role, ImmutableArray<PolicyDetail> RolePolicyList, ImmutableArray<AttachedPolicy> AttachedManagedPolicies)
{
    internal static RoleDetail From(XElement xml) => new(
        IamRole.From(xml), xml.Members("RolePolicyList", PolicyDetail.From), xml.Members("AttachedManagedPolicies", AttachedPolicy.From));
}

public sealed record ManagedPolicyDetail(IamPolicy Policy, ImmutableArray<IamPolicyVersion> PolicyVersionList)
{
    internal static ManagedPolicyDetail From(XElement xml) => new(IamPolicy.From(xml), xml.Members("PolicyVersionList", IamPolicyVersion.From));
}
