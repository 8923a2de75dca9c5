namespace LastAccessedBot.Core.Account;

/// <summary>The kinds of IAM identity that policies attach to.</summary>
public enum IdentityKind { User, Group, Role }

/// <summary>One IAM identity of the account, by kind and name. AWS keeps names unique within a kind, whatever their case.</summary>
public sealed record IdentityRef(IdentityKind Kind, string Name) : IComparable<IdentityRef>
{
    /// <summary>The kind as IAM writes it in an ARN: <c>user</c>, <c>group</c> or <c>role</c>.</summary>
    public string KindWord => Kind switch
    {
        IdentityKind.User => "user",
        IdentityKind.Group => "group",
        _ => "role",
    };

    public int CompareTo(IdentityRef? other) =>
        other is null ? 1
        : Kind != other.Kind ? Kind.CompareTo(other.Kind)
        : string.CompareOrdinal(Name, other.Name);

    public override string ToString() => $"{KindWord} {Name}";
}
