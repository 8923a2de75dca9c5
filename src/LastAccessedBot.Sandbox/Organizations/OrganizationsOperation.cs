using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace LastAccessedBot.Sandbox.Organizations;

/// <summary>An operation of AWS Organizations; null answers an empty body.</summary>
public sealed record OrganizationsOperation(string Name, bool Writes, Func<OrganizationsCall, JsonObject?> Run)
{
    public static readonly FrozenDictionary<string, OrganizationsOperation> All = OrganizationStructure.Operations
        .Concat(ServiceControlPolicies.Operations)
        .Concat(ResourceTags.Operations)
        .ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);

    public static OrganizationsOperation Read(string name, Func<OrganizationsCall, JsonObject> run) => new(name, false, run);

    public static OrganizationsOperation Write(string name, Func<OrganizationsCall, JsonObject> run) => new(name, true, run);

    /// <summary>A change that answers nothing.</summary>
    public static OrganizationsOperation Write(string name, Action<OrganizationsCall> run) => new(name, true, call =>
    {
        run(call);
        return null;
    });
}
