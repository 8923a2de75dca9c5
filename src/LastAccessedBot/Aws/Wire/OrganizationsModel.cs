using System.Collections.Immutable;
using System.Text.Json;

namespace LastAccessedBot.Aws.Wire;

// The answers of Organizations, in its words.

/// <param name="FeatureSet"><c>ALL</c> or <c>CONSOLIDATED_BILLING</c>.</param>
public sealed record Organization(string Id, string Arn, string FeatureSet, string MasterAccountId)
{
    internal static Organization From(JsonElement json) =>
        new(json.Text("Id"), json.Text("Arn"), json.Text("FeatureSet"), json.Text("MasterAccountId"));
}

/// <param name="EnabledPolicyTypes">Like <c>SERVICE_CONTROL_POLICY</c>.</param>
public sealed record OrganizationRoot(string Id, string Arn, string Name, ImmutableArray<string> EnabledPolicyTypes)
{
    internal static OrganizationRoot From(JsonElement json) => new(
        json.Text("Id"), json.Text("Arn"), json.Text("Name"),
        [.. json.Items("PolicyTypes", one => (Type: one.Text("Type"), Status: one.Text("Status")))
            .Where(one => one.Status == "ENABLED").Select(one => one.Type)]);
}

public sealed record OrganizationalUnit(string Id, string Arn, string Name)
{
    internal static OrganizationalUnit From(JsonElement json) => new(json.Text("Id"), json.Text("Arn"), json.Text("Name"));
}

/// <param name="State">Older answers call it Status.</param>
/// <param name="JoinedTimestamp">When it became part of the organization; <c>null</c> when AWS does not say.</param>
public sealed record OrganizationAccount(string Id, string Arn, string Name, string State, DateTimeOffset? JoinedTimestamp = null)
{
    internal static OrganizationAccount From(JsonElement json) =>
        new(json.Text("Id"), json.Text("Arn"), json.Text("Name"), json.TextOrNull("State") ?? json.Text("Status"), json.SecondsOrNull("JoinedTimestamp"));
}

public sealed record OrganizationTag(string Key, string Value)
{
    internal static OrganizationTag From(JsonElement json) => new(json.Text("Key"), json.TextOrNull("Value") ?? "");
}

/// <param name="Type"><c>ROOT</c> or <c>ORGANIZATIONAL_UNIT</c>.</param>
public sealed record OrganizationParent(string Id, string Type)
{
    internal static OrganizationParent From(JsonElement json) => new(json.Text("Id"), json.Text("Type"));
}

public sealed record OrganizationPolicySummary(string Id, string Arn, string Name, string Description, string Type, bool AwsManaged)
{
    internal static OrganizationPolicySummary From(JsonElement json) => new(
        json.Text("Id"), json.Text("Arn"), json.Text("Name"), json.TextOrNull("Description") ?? "", json.Text("Type"), json.Flag("AwsManaged"));
}

/// <param name="Content">The document, as plain JSON text.</param>
public sealed record OrganizationPolicy(OrganizationPolicySummary PolicySummary, string Content)
{
    internal static OrganizationPolicy From(JsonElement json) =>
        new(OrganizationPolicySummary.From(json.Required("PolicySummary")), json.Text("Content"));
}

/// <param name="Type"><c>ACCOUNT</c>, <c>ORGANIZATIONAL_UNIT</c> or <c>ROOT</c>.</param>
public sealed record PolicyTargetSummary(string TargetId, string Arn, string Name, string Type)
{
    internal static PolicyTargetSummary From(JsonElement json) => new(json.Text("TargetId"), json.Text("Arn"), json.Text("Name"), json.Text("Type"));
}
