using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Tests.Policies;

public sealed class NarrowingTests
{
    public static IEnumerable<TheoryDataRow<string>> Cases() => Read().EnumerateArray().Select(one => new TheoryDataRow<string>(one.GetProperty("name").GetString()!));

    [Theory, MemberData(nameof(Cases))]
    public void A_policy_narrows_as_its_case_says(string name)
    {
        var one = Read().EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        var narrowed = Policy.Narrow(one.GetProperty("original").GetRawText(), KeepOf(one), Protected(one));
        if (one.TryGetProperty("refused", out var refused)) Assert.StartsWith(refused.GetString()!, Policy.RefusalOf(narrowed).Message);
        else if (one.TryGetProperty("unchanged", out _)) Assert.IsType<Narrowed.Unchanged>(narrowed);
        else if (one.TryGetProperty("nothingLeft", out _)) Assert.Equal(Strings(one, "removed"), Assert.IsType<Narrowed.NothingLeft>(narrowed).Removed.Select(service => service.Value));
        else
        {
            var trimmed = Assert.IsType<Narrowed.Trimmed>(narrowed);
            // Equal JSON, and equal order: `GetRawText` of both without their white space.
            Assert.Equal(Compact(one.GetProperty("trimmed").GetRawText()), Compact(trimmed.Document.Text));
            Assert.Equal(Strings(one, "removed"), trimmed.Removed.Select(service => service.Value).Concat(trimmed.RemovesEveryOther ? ["*"] : []));
        }
    }

    [Fact]
    public void Bytes_that_stay_are_the_original_bytes()
    {
        const string original = "{\r\n\t\"Statement\" : [ {\"Effect\":\"Allow\",\r\n \"Action\" : [\"s3:Get*\" ,\n  \"ec2:*\",   \"s3:List*\"  ],\"Resource\":\"caf\\u00e9\"}   ]\n}\n";
        var trimmed = Assert.IsType<Narrowed.Trimmed>(Policy.Narrow(original, Policy.Keeping("s3")));
        Assert.Equal(original.Replace(" ,\n  \"ec2:*\"", "", StringComparison.Ordinal), trimmed.Document.Text);
    }

    [Fact]
    public void A_list_longer_than_the_quota_is_refused_with_both_numbers()
    {
        var services = Enumerable.Range(0, 700).Select(number => $"service{number}").ToArray();
        var refusal = Policy.RefusalOf(Policy.Narrow("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""", Policy.Keeping(services)));
        Assert.Contains("6144", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_note_says_that_new_services_no_longer_flow_in()
    {
        var trimmed = Assert.IsType<Narrowed.Trimmed>(Policy.Narrow("""{"Statement":{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}}""", Policy.Keeping("s3")));
        Assert.Contains("services that AWS adds later", Assert.Single(trimmed.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"Statement\":[]}")]
    [InlineData("{\"Statement\":[1]}")]
    [InlineData("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":[]}}")]
    [InlineData("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Action\":\"s3:*\"}}")]
    [InlineData("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Condition\":[]}}")]
    [InlineData("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\"}}{}")]
    [InlineData("{\"Version\":\"2020-01-01\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\"}}")]
    [InlineData("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:\\ud800\"}}")]
    [InlineData("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*:Get*\"}}")]
    public void What_is_no_policy_is_refused_and_nothing_throws(string text) => Assert.IsType<Parsed<PolicyDocument>.Bad>(PolicyDocument.Read(text));

    [Fact]
    public void No_cut_of_a_policy_throws()
    {
        const string policy = """{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":["s3:Get*","\u0073qs:*"],"Resource":"*","Condition":{"StringLike":{"k":["a",1,true]}}}]}""";
        Assert.IsType<Parsed<PolicyDocument>.Ok>(PolicyDocument.Read(policy));
        for (var length = 0; length < policy.Length; length++) Assert.IsType<Parsed<PolicyDocument>.Bad>(PolicyDocument.Read(policy[..length]));
    }

    [Fact]
    public void Sizes_leave_out_white_space_between_elements_and_count_characters()
    {
        Assert.Equal("""{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"a b é"}}""".Length,
            Policy.Read("{ \"Statement\":\n{\"Effect\":\"Allow\",\t\"Action\":\"s3:*\",\"Resource\":\"a b é\"} }\r\n").Size);
    }

    [Fact]
    public void What_a_policy_grants_is_told_by_service()
    {
        var policy = Policy.Read("""{"Statement":[{"Effect":"Allow","NotAction":["iam:*","sts:Get*"],"Resource":"*"},{"Effect":"Allow","Action":"SQS:SendMessage","Resource":"*"},{"Effect":"Deny","Action":"ec2:*","Resource":"*"}]}""");
        Assert.True(policy.GrantsEveryOther);
        Assert.Equal(["sqs"], policy.Services.Select(service => service.Value));
        Assert.True(policy.Grants(Policy.Service("lambda")));
        Assert.True(policy.Grants(Policy.Service("sts")));
        Assert.False(policy.Grants(Policy.Service("iam")));
    }

    private static Keep KeepOf(JsonElement one)
    {
        var actions = one.TryGetProperty("keepActions", out var given)
            ? given.EnumerateObject().ToDictionary(service => service.Name, IReadOnlyList<string> (service) => [.. service.Value.EnumerateArray().Select(action => action.GetString()!)])
            : [];
        return ((Parsed<Keep>.Ok)Keep.Parse(Strings(one, "keep"), actions)).Value;
    }

    private static ImmutableArray<string> Protected(JsonElement one) => one.TryGetProperty("protectedSids", out _) ? [.. Strings(one, "protectedSids")] : [];

    private static IEnumerable<string> Strings(JsonElement one, string name) => one.GetProperty(name).EnumerateArray().Select(item => item.GetString()!);

    private static string Compact(string json) => JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(json));

    private static JsonElement Read() => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Policies", "narrowing.json"), Encoding.UTF8)).RootElement;
}
