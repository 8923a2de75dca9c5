using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;

namespace LastAccessedBot.Sandbox.Organizations;

/// <summary>One Organizations request (JSON 1.1) on its way through an operation.</summary>
public sealed record OrganizationsCall(ServiceCall Service, string Operation, JsonElement Body)
{
    public Organization Organization => Service.State.Organization;

    public string this[string name] => Text(name) ?? throw new AwsException("InvalidInputException", 400, $"You specified an invalid value: {name} is missing.");

    public string? Text(string name) => Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public OrganizationNode Node(string parameter, string notFound) => Organization.Find(this[parameter])
        ?? throw new AwsException(notFound, 400, $"We can't find {this[parameter]} in the organization.");

    public OrganizationalUnit Parent() => Node("ParentId", "ParentNotFoundException") as OrganizationalUnit
        ?? throw new AwsException("ParentNotFoundException", 400, "You specified a parent that doesn't exist.");

    public ServiceControlPolicy Policy() => Organization.Policies.GetValueOrDefault(this["PolicyId"])
        ?? throw new AwsException("PolicyNotFoundException", 400, "We can't find a policy with the PolicyId that you specified.");

    /// <summary>A policy that is the organization's own.</summary>
    public ServiceControlPolicy OwnPolicy() => Policy() is { AwsManaged: false } policy ? policy
        : throw new AwsException("PolicyNotFoundException", 400, "You can't change a policy that AWS manages.");

    public void RequireScpFilter(string parameter)
    {
        if (this[parameter] != "SERVICE_CONTROL_POLICY")
            throw new AwsException("PolicyTypeNotEnabledException", 400, "The sandbox's organization has service control policies alone.");
    }

    public JsonObject Page<T>(string listName, IEnumerable<T> all, Func<T, JsonNode> write)
    {
        const int Most = 20;
        var asked = Body.TryGetProperty("MaxResults", out var value) && value.TryGetInt32(out var number) ? number : Most;
        if (asked is < 1 or > Most)
            throw new AwsException("InvalidInputException", 400, "You specified an invalid value for MaxResults.");
        var list = string.Join('\n', Body.EnumerateObject()
            .Where(parameter => parameter.Name is not ("NextToken" or "MaxResults"))
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Name}={parameter.Value}")
            .Prepend(Operation)
            .Prepend(Service.Caller.AccessKeyId));
        var page = Service.Paging.Cut(all, list, Text("NextToken"), asked);
        var answer = new JsonObject { [listName] = new JsonArray([.. page.Items.Select(write)]) };
        if (page.Next is not null)
            answer["NextToken"] = page.Next;
        return answer;
    }
}
