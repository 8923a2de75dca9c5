using System.Text;

namespace LastAccessedBot.Core.Policies;

/// <summary>The elements of the policy grammar, as a set for telling repetitions and forbidden pairs.</summary>
[Flags]
internal enum PolicyElement
{
    None = 0,
    Version = 1,
    Id = 1 << 1,
    Statement = 1 << 2,
    Sid = 1 << 3,
    Effect = 1 << 4,
    Action = 1 << 5,
    NotAction = 1 << 6,
    Resource = 1 << 7,
    NotResource = 1 << 8,
    Principal = 1 << 9,
    NotPrincipal = 1 << 10,
    Condition = 1 << 11,

    AnyAction = Action | NotAction,
    AnyResource = Resource | NotResource,
    AnyPrincipal = Principal | NotPrincipal,
}

internal static class PolicyElements
{
    public static PolicyElement OfPolicy(ReadOnlySpan<byte> name) => name.Length switch
    {
        7 when Is(name, "Version"u8) => PolicyElement.Version,
        9 when Is(name, "Statement"u8) => PolicyElement.Statement,
        2 when Is(name, "Id"u8) => PolicyElement.Id,
        _ => PolicyElement.None,
    };

    public static PolicyElement OfStatement(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when Is(name, "Sid"u8) => PolicyElement.Sid,
        6 when Is(name, "Effect"u8) => PolicyElement.Effect,
        6 when Is(name, "Action"u8) => PolicyElement.Action,
        8 when Is(name, "Resource"u8) => PolicyElement.Resource,
        9 when Is(name, "Condition"u8) => PolicyElement.Condition,
        9 when Is(name, "NotAction"u8) => PolicyElement.NotAction,
        9 when Is(name, "Principal"u8) => PolicyElement.Principal,
        11 when Is(name, "NotResource"u8) => PolicyElement.NotResource,
        12 when Is(name, "NotPrincipal"u8) => PolicyElement.NotPrincipal,
        _ => PolicyElement.None,
    };

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> element) => Ascii.EqualsIgnoreCase(name, element);
}
