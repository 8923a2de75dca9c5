using System.Text.Json;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Tests.Trims;

/// <summary>The cases of <c>organization-trims.json</c>: SCPs in words on the usual small organization, and what is suggested or withheld for one of its entities.</summary>
public sealed class GoldenOrganizationTests
{
    public static TheoryData<string> Cases => [.. Read().EnumerateArray().Select(Name)];

    /// <summary>The kinds of trim that have a case here.</summary>
    public static IEnumerable<TrimKind> Kinds => Read().EnumerateArray().Select(one => Enum.Parse<TrimKind>(one.GetProperty("kind").GetString()!)).Distinct();

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_entity_gets_the_trims_that_its_case_states(string name)
    {
        var one = Read().EnumerateArray().Single(entry => Name(entry) == name);
        var (ask, organization) = (one.GetProperty("ask").GetString()!, SmallOrganization.Usual());
        if (one.TryGetProperty("mostPerTarget", out var most)) organization.Limits = new ScpLimits(10_240, most.GetInt32());
        foreach (var place in one.TryGetProperty("listsAt", out var lists) ? Texts(lists) : []) organization.Without("FullAWSAccess", place);
        foreach (var scp in one.TryGetProperty("scps", out var scps) ? scps.EnumerateObject() : default)
            organization.Scp(scp.Name, SmallAccount.Allow(scp.Value.GetProperty("allows").GetString()!.Split(',')), Texts(scp.Value.GetProperty("targets")));
        organization.Used(ask, [.. one.GetProperty("used").EnumerateObject().Select(used => (used.Name, used.Value.ValueKind == JsonValueKind.Null ? (int?)null : used.Value.GetInt32()))]);
        var review = organization.Review(ask);
        Assert.Equal(one.GetProperty("trims").EnumerateArray().Select(Stated), review.Trims.Select(Told));
        Assert.Equal(Texts(one.GetProperty("withheld")), review.Withheld.Select(withheld => $"{withheld.Title}: {withheld.Why}"));
    }

    private static string Name(JsonElement one) => $"{one.GetProperty("kind").GetString()}: {one.GetProperty("says").GetString()}";

    private static string Stated(JsonElement trim) => string.Join('\n',
    [
        $"{trim.GetProperty("title").GetString()} ({trim.GetProperty("risk").GetString()})",
        .. Texts(trim.GetProperty("edits")),
        $"removed: {string.Join(", ", Texts(trim.GetProperty("removed")))}",
        $"after: {trim.GetProperty("after").GetString()}",
    ]);

    private static string Told(Trim trim) => string.Join('\n',
    [
        $"{trim.Title} ({trim.Risk.Grade})",
        .. trim.Edits.Select(edit => edit.Sentence.ToString()),
        $"removed: {string.Join(", ", trim.Removed)}",
        $"after: {string.Join(' ', ((Parsed<PolicyDocument>.Ok)PolicyDocument.Read(trim.Change!.After!)).Value.Statements.Select(statement => $"{(statement.IsAllow ? '+' : '-')}{string.Join(',', statement.Actions)}"))}",
    ]);

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];

    private static JsonElement Read() => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Trims", "organization-trims.json"))).RootElement;
}
