using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LastAccessedBot.Core.Policies;

/// <summary>What one statement says about one service.</summary>
/// <param name="Number">From 1, in the order of the document.</param>
/// <param name="IsNot">The statement means all that its NotAction does not name.</param>
/// <param name="Actions">The entries that touch the service, as written; in a NotAction those that it leaves out of it.</param>
/// <param name="IsWhole">Every action of the service is meant.</param>
/// <param name="OnSomeResources">It does not hold on every resource.</param>
/// <param name="UnderCondition">It holds only where its Condition does.</param>
/// <param name="Text">The statement, with one element a line.</param>
public sealed record ServiceStatement(
    int Number, string? Sid, bool IsAllow, bool IsNot, ImmutableArray<string> Actions, bool IsWhole, bool OnSomeResources, bool UnderCondition, string Text)
{
    /// <summary>Every action of the service, on every resource, at all times.</summary>
    [JsonIgnore]
    public bool HoldsEverywhere => IsWhole && !OnSomeResources && !UnderCondition;

    internal static ServiceStatement Of(Statement statement, ImmutableArray<string> actions, bool isWhole, ReadOnlyMemory<byte> utf8)
    {
        using var json = JsonDocument.Parse(utf8);
        var (someResources, condition) = (false, false);
        foreach (var element in json.RootElement.EnumerateObject())
        {
            var name = PolicyElements.OfStatement(Encoding.UTF8.GetBytes(element.Name));
            someResources |= name == PolicyElement.NotResource || (name == PolicyElement.Resource && !IsEvery(element.Value));
            condition |= name == PolicyElement.Condition && element.Value.EnumerateObject().Any();
        }
        return new ServiceStatement(statement.Number, statement.Sid, statement.IsAllow, statement.IsNot, actions, isWhole, someResources, condition, PrettyPolicy.Of(utf8.Span));
    }

    private static bool IsEvery(JsonElement resource) => resource.ValueKind == JsonValueKind.Array
        ? resource.EnumerateArray().Any(IsEvery)
        : resource.ValueEquals("*");
}
