using System.Text.Json;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Tests.Policies;
using LastAccessedBot.Core.Trims;
using static LastAccessedBot.Core.Tests.Trims.SmallAccount;

namespace LastAccessedBot.Core.Tests.Trims;

/// <summary>What goes of a service that is in use, and what never does.</summary>
public sealed class ActionTests
{
    private static readonly string[] s_s3 = ["CreateBucket", "DeleteBucket", "GetBucketAcl", "GetBucketPolicy", "GetObject", "ListBucket", "PutBucketAcl", "PutObject"];

    public static IEnumerable<TheoryDataRow<string>> Cases() => Read().EnumerateArray().Select(one => new TheoryDataRow<string>(one.GetProperty("name").GetString()!));

    [Theory, MemberData(nameof(Cases))]
    public void A_policy_loses_its_unused_actions_as_its_case_says(string name)
    {
        var one = Read().EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        var account = new SmallAccount().With(User("ann"), ["P"]).With("P", one.GetProperty("original").GetRawText(), [User("ann")])
            .Used(User("ann"), [.. one.GetProperty("services").EnumerateObject().Select(service => (service.Name, Days(service.Value)))]);
        foreach (var service in one.GetProperty("lists").EnumerateObject()) account.Publishes(service.Name, [.. service.Value.EnumerateArray().Select(action => action.GetString()!)]);
        foreach (var service in one.GetProperty("actions").EnumerateObject()) account.UsedActions(User("ann"), service.Name, [.. service.Value.EnumerateObject().Select(action => (action.Name, Days(action.Value)))]);
        var trim = account.Review(User("ann")).Trims.SingleOrDefault(trim => trim.Kind == TrimKind.NarrowActions);
        if (!one.TryGetProperty("trimmed", out var trimmed))
        {
            Assert.Null(trim);
            return;
        }
        Assert.Equal(Compact(trimmed.GetRawText()), Compact(trim!.Change!.After!));
        Assert.Equal(one.GetProperty("gone").EnumerateArray().Select(action => action.GetString()!), trim.RemovedActions.SelectMany(gone => gone.Actions.Select(action => $"{gone.Name.ToLowerInvariant()}:{action}")));
    }

    [Fact]
    public void It_stands_beside_the_trim_by_services_and_says_that_it_goes_further()
    {
        var review = Account(Allow("s3:*", "sqs:*")).Review(User("ann"));
        Assert.Equal([TrimKind.NarrowPolicy, TrimKind.NarrowActions], review.Trims.Select(trim => trim.Kind));
        var further = review.Trims[1];
        Assert.Equal(review.Trims[0].Key, further.Contains);
        Assert.StartsWith("Goes further than narrowing by services: it also takes 3 actions of S3, which is in use. Choose one of the two", further.Notes[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(["SQS"], further.Removed);
        Assert.Equal(RiskGrade.Medium, further.Risk.Grade);
        Assert.IsType<AccountEdit.CreatePolicyVersion>(Assert.Single(further.Edits));
    }

    [Fact]
    public void Where_every_service_is_in_use_it_stands_alone()
    {
        var trim = Assert.Single(Account(Allow("s3:*")).Review(User("ann")).Trims);
        Assert.Equal((TrimKind.NarrowActions, null), (trim.Kind, trim.Contains));
        Assert.DoesNotContain(trim.Notes, note => note.ToString().Contains("Goes further", StringComparison.Ordinal));
        Assert.StartsWith("S3: 3 actions of 4 that AWS tracks were not used in 90 days, 1 of them before that.", trim.Evidence[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_report_by_action_leaves_the_trim_by_services()
    {
        var review = Account(Allow("s3:*", "sqs:*")).ActionsFailed(User("ann")).Review(User("ann"));
        Assert.Equal(TrimKind.NarrowPolicy, Assert.Single(review.Trims).Kind);
        Assert.Contains("could not write its report by action (ServiceFailure: try later)", Assert.Single(review.Remarks).Text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_is_younger_than_the_window_keeps_every_action() => Assert.Empty(
        new SmallAccount().With(User("ann"), ["P"], days: 30).With("P", Allow("s3:*"), [User("ann")]).Publishes("s3", s_s3)
            .Used(User("ann"), ("s3", 1)).UsedActions(User("ann"), "s3", ("ListBucket", 1), ("DeleteBucket", null)).Review(User("ann")).Trims);

    [Fact]
    public void A_policy_that_several_share_is_cut_on_its_own_report_alone()
    {
        var account = new SmallAccount().With(User("ann"), ["P"]).With(User("bob"), ["P"]).With("P", Allow("s3:*"), [User("ann"), User("bob")]).Publishes("s3", s_s3)
            .Used(User("ann"), ("s3", 1)).UsedActions(User("ann"), "s3", ("ListBucket", 1), ("DeleteBucket", null), ("CreateBucket", null))
            .Used(PolicyArn("P"), ("s3", 1)).UsedActions(PolicyArn("P"), "s3", ("ListBucket", 1), ("DeleteBucket", 2), ("CreateBucket", null));
        Assert.Empty(account.Review(User("ann")).Trims);
        var trim = Assert.Single(account.Review("P").Trims);
        Assert.Equal(["CreateBucket"], Assert.Single(trim.RemovedActions).Actions);
        Assert.Equal([User("ann"), User("bob")], trim.Basis.Identities);
    }

    [Fact]
    public void A_group_and_an_inline_policy_are_cut_on_the_evidence_of_whom_they_are_on()
    {
        var group = new SmallAccount().With(Group("g"), ["P"], ["ann"]).With("P", Allow("s3:*"), [Group("g")]).Publishes("s3", s_s3)
            .Used(Group("g"), ("s3", 1)).UsedActions(Group("g"), "s3", ("ListBucket", 1), ("DeleteBucket", null)).Review(Group("g"));
        Assert.Equal(["DeleteBucket"], Assert.Single(Assert.Single(group.Trims).RemovedActions).Actions);
        var role = new SmallAccount().With(Role("r"), inline: [("in", Allow("s3:*"))]).Publishes("s3", s_s3)
            .Used(Role("r"), ("s3", 1)).UsedActions(Role("r"), "s3", ("ListBucket", 1), ("DeleteBucket", null)).Review(Role("r"));
        var edit = Assert.IsType<AccountEdit.PutInlinePolicy>(Assert.Single(Assert.Single(role.Trims).Edits));
        Assert.Equal(Allow("s3:CreateBucket", "s3:Get*", "s3:ListBucket", "s3:Put*").Replace("CreateBucket", "Create*", StringComparison.Ordinal).Replace("ListBucket", "List*", StringComparison.Ordinal), edit.Document);
    }

    [Fact]
    public void A_protected_service_and_a_protected_statement_keep_every_action()
    {
        var account = Account(Allow("s3:*"));
        account.Guards = Guards.None with { Services = [Policy.Service("s3")] };
        Assert.Empty(account.Review(User("ann")).Trims);
        var guarded = Account("""{"Statement":[{"Sid":"Hold","Effect":"Allow","Action":"s3:*","Resource":"*"}]}""");
        guarded.Guards = Guards.None with { Sids = ["Hold"] };
        Assert.Empty(guarded.Review(User("ann")).Trims);
    }

    [Fact]
    public void What_a_template_keeps_is_withheld_with_the_document_for_it()
    {
        var review = new SmallAccount().With(User("ann"), ["P"]).With("P", Allow("s3:*"), [User("ann")], tags: [("managed-by", "terraform")]).Publishes("s3", s_s3)
            .Used(User("ann"), ("s3", 1)).UsedActions(User("ann"), "s3", ("ListBucket", 1), ("DeleteBucket", null)).Review(User("ann"));
        Assert.Empty(review.Trims);
        Assert.DoesNotContain("s3:*\"", Assert.Single(review.Withheld).Template!.After!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_card_tells_the_age_of_the_list_and_takes_care_when_it_is_old()
    {
        var account = Account(Allow("s3:*"));
        Assert.Contains(account.Review(User("ann")).Trims[0].Notes, note => note.ToString().Contains("AWS's list of actions of 2026-09-26, 59 days ago", StringComparison.Ordinal));
        account.List = account.List with { OldAfterDays = 58 };
        Assert.Contains(account.Review(User("ann")).Trims[0].Notes, note => note.ToString().EndsWith("That list is old: renew it with actions refresh first.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_service_whose_list_would_grow_long_stays_as_written()
    {
        string[] many = [.. Enumerable.Range(0, 120).Select(number => $"{(char)('A' + (number % 26))}x{(char)('A' + (number / 26))}y")];
        var account = Account(Allow("s3:*", "ec2:*")).Publishes("ec2", many).Used(User("ann"), ("s3", 1), ("ec2", 1));
        account.UsedActions(User("ann"), "ec2", [.. many.Where((_, index) => index % 3 == 0).Select(action => (action, (int?)null))]);
        var trim = Assert.Single(account.Review(User("ann")).Trims);
        Assert.Contains("\"ec2:*\"", trim.Change!.After!, StringComparison.Ordinal);
        Assert.Contains(trim.Notes, note => note.ToString().StartsWith("EC2 stays as it is written", StringComparison.Ordinal));
    }

    private static SmallAccount Account(string document) => new SmallAccount().With(User("ann"), ["P"]).With("P", document, [User("ann")]).Publishes("s3", s_s3)
        .Used(User("ann"), ("s3", 1), ("sqs", null))
        .UsedActions(User("ann"), "s3", ("ListBucket", 1), ("DeleteBucket", 200), ("GetBucketPolicy", null), ("PutBucketAcl", null));

    private static int? Days(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetInt32();

    private static string Compact(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement);

    private static JsonElement Read() => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Trims", "actions.json"))).RootElement;
}
