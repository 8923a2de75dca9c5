using System.Text.Json;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;
using static LastAccessedBot.Core.Tests.Trims.SmallAccount;

namespace LastAccessedBot.Core.Tests.Trims;

/// <summary>One case for each kind of trim in <c>trims.json</c>: a small account in words, what somebody asks, and what is suggested.</summary>
public sealed class GoldenTrimTests
{
    public static TheoryData<string> Cases => [.. Read().EnumerateArray().Select(Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_small_account_gets_the_trims_that_its_case_states(string name)
    {
        var one = Read().EnumerateArray().Single(entry => Name(entry) == name);
        var words = one.GetProperty("ask").GetString()!.Split(' ');
        var question = words.Length == 3 ? Enum.Parse<Question>(words[0], ignoreCase: true) : Question.Unused;
        var account = Account(one.GetProperty("account"));
        var review = words[^2] == "policy" ? account.Review(words[^1]) : account.Ask(question, Ref(words[^2], words[^1]));
        Trim[] trims = one.TryGetProperty("together", out _) ? [Together.Joined(review.Subject, Together.Of(review.Trims))] : [.. review.Trims];
        Assert.Equal(one.GetProperty("trims").EnumerateArray().Select(Stated), trims.Select(Told));
        Assert.Contains(trims, trim => trim.Kind.ToString() == one.GetProperty("kind").GetString());
    }

    [Fact]
    public void Every_kind_of_trim_has_its_case()
    {
        var stated = Read().EnumerateArray().Select(one => Enum.Parse<TrimKind>(one.GetProperty("kind").GetString()!)).ToHashSet();
        // Stands before the deletion of a user, in the same case.
        stated.Add(TrimKind.DeactivateUser);
        stated.UnionWith(GoldenOrganizationTests.Kinds);
        Assert.Equal(Enum.GetValues<TrimKind>().Order(), stated.Order());
    }

    private static string Name(JsonElement one) => $"{one.GetProperty("kind").GetString()}: {one.GetProperty("says").GetString()}";

    private static string Stated(JsonElement trim) => string.Join('\n',
    [
        $"{trim.GetProperty("title").GetString()} ({trim.GetProperty("risk").GetString()})",
        .. trim.GetProperty("edits").EnumerateArray().Select(edit => $"- {edit.GetString()}"),
        $"removed: {string.Join(", ", trim.GetProperty("removed").EnumerateArray().Select(service => service.GetString()))}",
        .. trim.TryGetProperty("after", out var after) ? [$"after: {after.GetString()}"] : Array.Empty<string>(),
    ]);

    private static string Told(Trim trim) => string.Join('\n',
    [
        $"{trim.Title} ({trim.Risk.Grade})",
        .. trim.Edits.Select(edit => $"- {edit.Sentence}"),
        $"removed: {string.Join(", ", trim.Removed)}",
        .. trim.Change?.After is { } after ? [$"after: {string.Join(",", ((Parsed<PolicyDocument>.Ok)PolicyDocument.Read(after)).Value.Statements.Single().Actions)}"] : Array.Empty<string>(),
    ]);

    private static SmallAccount Account(JsonElement told)
    {
        var account = new SmallAccount();
        foreach (var (kind, name, one) in Identities(told))
            account.With(Ref(kind, name), Texts(one, "attached"), Texts(one, "members"), Texts(one, "groups"),
                inline: [.. Fields(one, "inline").Select(inline => (inline.Name, Document(inline.Value)))], user: User(kind, one), role: Role(kind, one));
        foreach (var policy in Fields(told, "policies"))
        {
            var versions = policy.Value.ValueKind == JsonValueKind.Array ? policy.Value.GetArrayLength() : 1;
            var holders = Identities(told).Where(holder => Texts(holder.One, "attached").Contains(policy.Name)).Select(holder => Ref(holder.Kind, holder.Name));
            account.With(policy.Name, Document(versions == 1 ? policy.Value : policy.Value[versions - 1]), [.. holders], versions: versions);
        }
        foreach (var used in Fields(told, "used"))
        {
            var words = used.Name.Split(' ');
            account.Used(words[0] == "policy" ? PolicyArn(words[1]) : Arn(Ref(words[0], words[1])),
                [.. used.Value.EnumerateObject().Select(service => (service.Name, service.Value.ValueKind == JsonValueKind.Null ? (int?)null : service.Value.GetInt32()))]);
        }
        foreach (var list in Fields(told, "lists")) account.Publishes(list.Name, [.. list.Value.GetString()!.Split(',')]);
        foreach (var used in Fields(told, "actions"))
            foreach (var service in used.Value.EnumerateObject())
                account.UsedActions(Ref(used.Name.Split(' ')[0], used.Name.Split(' ')[1]), service.Name,
                    [.. service.Value.EnumerateObject().Select(action => (action.Name, action.Value.ValueKind == JsonValueKind.Null ? (int?)null : action.Value.GetInt32()))]);
        return account;
    }

    private static IEnumerable<(string Kind, string Name, JsonElement One)> Identities(JsonElement told) =>
        new[] { "user", "group", "role" }.SelectMany(kind => Fields(told, $"{kind}s").Select(one => (kind, one.Name, one.Value)));

    private static UserDetails? User(string kind, JsonElement one) => kind != "user" ? null : new(null, null,
        [.. Fields(one, "accessKeys").Select(key => new Credential(CredentialKind.AccessKey, key.Name, true, Now.AddDays(-400), new LastUse(Now.AddDays(-key.Value.GetInt32()), "s3")))], []);

    private static RoleDetails? Role(string kind, JsonElement one) => kind != "role" ? null : new(
        new RoleSettings("{}", null, 3600), one.TryGetProperty("lastUsed", out var days) ? Now.AddDays(-days.GetInt32()) : null, [.. Texts(one, "instanceProfiles")]);

    private static string Document(JsonElement actions) => Allow(actions.GetString()!.Split(','));

    private static IdentityRef Ref(string kind, string name) => new(Enum.Parse<IdentityKind>(kind, ignoreCase: true), name);

    private static string[] Texts(JsonElement one, string field) => one.TryGetProperty(field, out var texts) ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : [];

    private static IEnumerable<JsonProperty> Fields(JsonElement one, string field) => one.TryGetProperty(field, out var fields) ? fields.EnumerateObject() : [];

    private static JsonElement Read() => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Trims", "trims.json"))).RootElement;
}
