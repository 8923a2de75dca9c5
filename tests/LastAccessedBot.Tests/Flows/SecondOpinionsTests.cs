using System.Collections.Immutable;
using LastAccessedBot.Aws;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Flows;
using LastAccessedBot.Tests.Aws;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Tests.Flows;

/// <summary>What answers of the analyzer come to, for edits whose subjects need no reading.</summary>
public sealed class SecondOpinionsTests
{
    private const string Document = """{"Version":"2012-10-17","Statement":[]}""";
    private const string Arn = "arn:aws:iam::123456789012:policy/Made";

    private static readonly AccountEdit[] s_edits =
    [
        new AccountEdit.CreatePolicy(Arn, "Made", "/", null, ImmutableSortedDictionary<string, string>.Empty, Document),
        new AccountEdit.AttachPolicy(new IdentityRef(IdentityKind.Role, "runner"), Arn),
    ];

    private static readonly AccountEdit[] s_scp = [new AccountEdit.CreateScp("Made", "", Document)];

    [Fact]
    public async Task Nobody_is_asked_unless_the_settings_say_so()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Lost);
        Assert.Equal(new SecondOpinion(null, null), await AskAsync(aws));
        Assert.Empty(aws.Calls);
    }

    [Fact]
    public async Task Warnings_and_suggestions_are_noted_the_heavier_ones_first()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Json($$"""{"findings":[{{Finding("SUGGESTION", "REDUNDANT_ACTION")}},{{Finding("WARNING", "MISSING_VERSION")}}]}"""));
        Assert.Equal(new SecondOpinion(null, "IAM Access Analyzer noted, by `ValidatePolicy`: warning `MISSING_VERSION`: Look here; suggestion `REDUNDANT_ACTION`: Look here."), await AskAsync(aws, "ValidatePolicy"));
    }

    [Theory]
    [InlineData("ERROR", "error")]
    [InlineData("SECURITY_WARNING", "security warning")]
    public async Task Errors_and_security_warnings_stop_the_write(string type, string words)
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Json($$"""{"findings":[{{Finding("SUGGESTION", "S")}},{{Finding(type, "HEAVY")}}]}"""));
        var against = (await AskAsync(aws, "ValidatePolicy")).Against!;
        Assert.Equal($"IAM Access Analyzer speaks against the new `Made`: {words} `HEAVY`: Look here. Nothing was changed", against.Message);
        Assert.Contains("Aws:AccessAnalyzer:ValidatePolicy", against.Help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_findings_the_first_are_told_and_the_rest_counted()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Json($$"""{"findings":[{{string.Join(',', Enumerable.Range(1, 7).Select(number => Finding("WARNING", $"W{number}")))}}]}"""));
        Assert.EndsWith("warning `W5`: Look here; and 2 more.", (await AskAsync(aws, "ValidatePolicy")).Noted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_takes_the_place_of_nothing_is_compared_with_a_document_that_allows_nothing()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Json("""{"result":"FAIL","reasons":[{"description":"New access in statement 0."}]}"""));
        var against = (await AskAsync(aws, "CheckNoNewAccess")).Against!;
        Assert.Equal("IAM Access Analyzer says that the new `Made` allows more than what stands there now: New access in statement 0. Nothing was changed", against.Message);
        Assert.Contains("\\u0022Deny\\u0022", Assert.Single(aws.Calls).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ValidatePolicy", 403, "AccessDeniedException", "access-analyzer:ValidatePolicy")]
    [InlineData("CheckNoNewAccess", 422, "UnprocessableEntityException", "UnprocessableEntityException")]
    [InlineData("CheckNoNewAccess", 400, "InvalidParameterException", "InvalidParameterException")]
    public async Task An_opinion_that_was_asked_for_and_not_given_is_not_a_yes(string setting, int status, string type, string told)
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Rest(status, type, "no"));
        var against = (await AskAsync(aws, setting)).Against!;
        Assert.StartsWith($"The setting `Aws:AccessAnalyzer:{setting}` asks IAM Access Analyzer about the new `Made`, and it gave no answer: ", against.Message, StringComparison.Ordinal);
        Assert.Contains(told, against.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed", against.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_is_attached_to_nobody_is_validated_and_not_compared()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Json("""{"findings":[]}"""));
        Assert.Equal(new SecondOpinion(null, "IAM Access Analyzer had nothing against it, by `ValidatePolicy`."), await AskAsync(aws, s_edits[..1], "ValidatePolicy", "CheckNoNewAccess"));
        Assert.Equal("/policy/validation", Assert.Single(aws.Calls).Address);
    }

    [Theory]
    [InlineData("IAM Access Analyzer had nothing against it, by `ValidatePolicy`.", "ValidatePolicy")]
    [InlineData("IAM Access Analyzer had nothing against it, by `ValidatePolicy`. `CheckNoNewAccess` was not asked: it takes no service control policies.", "ValidatePolicy", "CheckNoNewAccess")]
    [InlineData("`CheckNoNewAccess` was not asked: it takes no service control policies.", "CheckNoNewAccess")]
    public async Task An_SCP_is_validated_as_one_and_that_it_is_not_compared_is_said(string noted, params string[] settings)
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Json("""{"findings":[]}"""));
        Assert.Equal(new SecondOpinion(null, noted), await AskAsync(aws, s_scp, settings));
        Assert.All(aws.Calls, call => Assert.Contains("SERVICE_CONTROL_POLICY", call.Body, StringComparison.Ordinal));
        Assert.Equal(settings.Count(setting => setting == "ValidatePolicy"), aws.Calls.Count);
    }

    [Fact]
    public async Task Edits_that_write_no_document_need_no_opinion()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Lost);
        Assert.Equal(new SecondOpinion(null, null), await AskAsync(aws, s_edits[1..], "ValidatePolicy", "CheckNoNewAccess"));
    }

    private static string Finding(string type, string code) => $$"""{"findingType":"{{type}}","issueCode":"{{code}}","findingDetails":"Look here.","learnMoreLink":"","locations":[]}""";

    private static Task<SecondOpinion> AskAsync(ScriptedAws aws, params string[] settings) => AskAsync(aws, s_edits, settings);

    private static async Task<SecondOpinion> AskAsync(ScriptedAws aws, AccountEdit[] edits, params string[] settings)
    {
        using var services = new ServiceCollection()
            .AddFlows(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Aws:AccessAnalyzer:{setting}", (string?)"true"))).Build())
            .AddAws(new ConfigurationBuilder().Build()).AddSingleton<IPolicyAnalyzer>(new PolicyAnalyzer(aws.AccessAnalyzer)).BuildServiceProvider();
        return await services.GetRequiredService<SecondOpinions>().OnAsync(null, edits, TestContext.Current.CancellationToken);
    }
}
