using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LastAccessedBot.Aws;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Sandbox.Faults;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>Units, accounts and the root, S6 of the scenarios: typed at the console of a real host, seen in the organization by AWS's own protocol.</summary>
[Collection(nameof(EndToEnd))]
public sealed class OrganizationTests : IAsyncLifetime
{
    private const string John = "john-stiles", Deny = "Deny AWS Database Migration Service and Amazon Lex in NewServiceTest", NewServiceTest = "p-newsvctest1";
    private const string Development = "ou-a1b2-devel001";

    private Scene scene = null!;

    private BotProcess Bot => scene.Bot;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => scene = await Scene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task S6_Services_on_trial_that_nobody_uses_are_denied_for_the_unit_by_a_second_person()
    {
        var (before, content) = (scene.Account, await ContentAsync());
        var review = await Bot.AskAsync(Paulo, "/unused ou Development 180d");
        var card = review.Card!;
        Assert.StartsWith("OU Development (ou-a1b2-devel001): ", card.Title.ToString());
        Assert.Equal([Deny], card.Sections().Where(section => section.Id is not null).Select(section => section.Title.ToString()));
        var text = card.Section(Deny).Text();
        Assert.Contains("Amazon Lex on", text);
        Assert.Contains("NewServiceTest is attached to account New Services One (222233334444), OU Development (ou-a1b2-devel001), OU Experiments (ou-a1b2-exper001).", text);
        Assert.Contains("four eyes", text);
        Assert.Contains("Deny list:", card.Text());
        Assert.Contains("management account 111122223333, which is not covered", card.Text());
        Assert.Contains(card.Sections(), section => section.Title.ToString() == "Withheld: Deny AWS Glue DataBrew in DataToolsTest" && section.Text().Contains("account Shop (666677778888), outside of OU Development", StringComparison.Ordinal));
        var accounts = card.Sections().Single(section => section.Title.ToString() == "The 4 accounts in it");
        Assert.Contains("run:/unused account 555566667777 180d", accounts.Choices.Select(choice => choice.Id));

        Assert.Contains("second pair of eyes", await Bot.ToldAsync(Paulo, review.Id, card.Section(Deny).Choice("Approve")));
        Assert.Contains("You may not decide about OU Development (ou-a1b2-devel001)", await Bot.ToldAsync(Maria, review.Id, card.Section(Deny).Choice("Approve")));
        Assert.Empty(scene.Writes);
        var applied = await Bot.PressAsync(John, review, Deny, "Approve", "Applied on");
        Assert.Equal(["UpdatePolicy"], scene.Writes);
        var after = await ContentAsync();
        Assert.Contains("""{"Sid":"DenyUnusedServices","Effect":"Deny","Action":["dms:*","lex:*"],"Resource":"*"}""", after);
        Assert.Equal(content, Regex.Replace(after, """,\s*\{"Sid":"DenyUnusedServices"[^}]*\}""", ""));
        Assert.Equal(2, JsonNode.Parse(after)!["Statement"]!.AsArray().Count);

        await Bot.PressAsync(John, applied, Deny, "Undo", "Undone by John Stiles");
        Assert.Equal(["UpdatePolicy", "UpdatePolicy"], scene.Writes);
        Assert.Equal((content, before), (await ContentAsync(), scene.Account));
    }

    [Fact]
    public async Task An_account_without_an_SCP_of_its_own_gets_one_and_undo_takes_it_away()
    {
        var before = scene.Account;
        var review = await Bot.AskAsync(Paulo, "/unused account New Services Three");
        var title = review.Card!.Sections().Single(section => section.Id is not null).Title.ToString();
        Assert.EndsWith("unused services in account New Services Three (444455556666)", title);
        var applied = await Bot.PressAsync(Martha, review, title, "Approve", "Applied on");
        Assert.Equal(["CreatePolicy", "AttachPolicy"], scene.Writes);
        using var organizations = Management();
        var attached = await new OrganizationsClient(organizations).ListPoliciesForTargetAsync("444455556666", "SERVICE_CONTROL_POLICY", Cancellation);
        Assert.Contains(attached, policy => policy.Name == "DenyUnused-444455556666");
        // What is denied is no longer listed, and nothing new comes of it.
        await scene.WhenShownAsync(review.Id);
        Assert.DoesNotContain(applied.Card!.Sections(), section => section.Choices.Any(choice => choice.Label == "Approve"));
        await Bot.PressAsync(Martha, applied, title, "Undo", "Undone by");
        Assert.Equal(["CreatePolicy", "AttachPolicy", "DetachPolicy", "DeletePolicy"], scene.Writes);
        Assert.Equal(before, scene.Account);
    }

    [Fact]
    public async Task Names_are_told_apart_asked_about_and_guessed()
    {
        var which = await Bot.AskAsync(Nikhil, "/unused ou experiments");
        Assert.Equal(["OU Experiments (ou-a1b2-exper001)", "OU Experiments (ou-a1b2-exper002)"], which.Card!.Choices.Select(choice => choice.Label));
        var chosen = (await Bot.PressAsync(Nikhil, which.Id, which.Card!.Choice("OU Experiments (ou-a1b2-exper002)"))).Single();
        var young = await Bot.WhenAsync(chosen.Id, card => !card.IsUnderWay(), Nikhil);
        Assert.StartsWith("OU Experiments (ou-a1b2-exper002): nothing known to be unused in 180 days, ", young.Card!.Title.ToString());
        Assert.Contains("Unknown: account Checkout joined on", young.Card!.Text());
        Assert.DoesNotContain(young.Card!.Sections(), section => section.Id is not null);

        Assert.Contains("OU Development (ou-a1b2-devel001)", (await Bot.AskAsync(Nikhil, "/unused ou Developement")).Card!.Text());
        Assert.Contains("No account is called Nobody", (await Bot.AskAsync(Nikhil, "/unused account Nobody Knows")).Card!.Text());
        Assert.Contains("No SCP binds it", (await Bot.AskAsync(Nikhil, "/unused account 111122223333")).Card!.Text());
        Assert.StartsWith("Root r-a1b2: ", (await Bot.AskAsync(Nikhil, "/unused root 30d")).Card!.Title.ToString());
    }

    [Fact]
    public async Task An_allow_list_names_less()
    {
        var review = await Bot.AskAsync(Paulo, "/unused ou Archive");
        const string Title = "Take Amazon Glacier and AWS Key Management Service off the allow list ArchiveAllowList";
        Assert.Contains("Allow list: no SCP at OU Archive", review.Card!.Text());
        await Bot.PressAsync(Martha, review, Title, "Approve", "Applied on");
        var content = scene.Aws.Account.Read(state => state.Organization.Policies["p-archivelst1"].Content.Json);
        Assert.Equal("s3:*", JsonNode.Parse(content)!["Statement"]![0]!["Action"]![0]!.GetValue<string>());
        Assert.DoesNotContain("glacier", content);
    }

    [Fact]
    public async Task A_change_of_the_SCP_between_card_and_click_voids_the_approval()
    {
        var review = await Bot.AskAsync(Paulo, "/unused ou Development");
        using var organizations = Management();
        await new OrganizationsClient(organizations).AttachPolicyAsync(NewServiceTest, "666677778888", Cancellation);
        await Bot.PressAsync(Martha, review, Deny, "Approve", "nothing was changed");
        Assert.Empty(scene.Writes.Except(["AttachPolicy"]));
        // Today it would reach further than the unit.
        var renewed = await Bot.WhenAsync(review.Id, card => card.Text().Contains($"Withheld: {Deny}", StringComparison.Ordinal), Paulo);
        Assert.Contains("account Shop (666677778888)", renewed.Card!.Text());
    }

    [Theory]
    [InlineData("ConcurrentModificationException")]
    [InlineData("PolicyChangesInProgressException")]
    public async Task Another_change_that_is_under_way_is_waited_for(string code)
    {
        var review = await Bot.AskAsync(Paulo, "/unused ou Development");
        var refusals = 2;
        scene.Aws.Faults.Watcher = call => call is { Operation: "organizations:UpdatePolicy", Phase: CallPhase.Arrived } && refusals-- > 0 ? throw new AwsException(code, 400, "somebody was faster") : Task.CompletedTask;
        await Bot.PressAsync(Martha, review, Deny, "Approve", "Applied on");
        Assert.Equal(["UpdatePolicy"], scene.Writes);
        Assert.True(refusals < 0);
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        scene.Fault(faults => faults with { AccessDenied = ["organizations:ListRoots"] });
        var refused = (await Bot.AskAsync(Nikhil, "/unused ou Development")).Card!.Text();
        Assert.Contains("organizations:ListRoots", refused);
        Assert.Contains("Aws:Organization:RoleArn", refused);
        scene.Fault(faults => faults with { AccessDenied = ["iam:GenerateOrganizationsAccessReport"] });
        Assert.Contains("iam:GenerateOrganizationsAccessReport", (await Bot.AskAsync(Nikhil, "/unused ou Development")).Card!.Text());
        scene.Fault(faults => faults with { AccessDenied = [], FailingReports = faults.FailingReports.Add($"o-exampleorg/r-a1b2/{Development}", new ReportFailure("ServiceFailure", "try later")) });
        Assert.Contains("ServiceFailure", (await Bot.AskAsync(Nikhil, "/unused ou Development")).Card!.Text());
    }

    [Theory]
    [InlineData("ou Development", "OU Development (ou-a1b2-devel001)")]
    [InlineData("account 555566667777", "account Experiments (555566667777)")]
    [InlineData("root", "root r-a1b2")]
    public async Task Units_accounts_and_the_root_have_their_report(string typed, string title)
    {
        var review = await Bot.AskAsync(Paulo, $"/unused {typed} 180d");
        var linked = Assert.Single(await Bot.SayAsync(Paulo, $"/unused report {typed}"), message => message.Card!.Blocks.OfType<CardBlock.Link>().Any());
        Assert.Contains(title, linked.Card!.Title.ToString(), StringComparison.Ordinal);
        var page = await Bot.Http.GetStringAsync(linked.Card.Blocks.OfType<CardBlock.Link>().Single().Address, Cancellation);
        Assert.Contains("Amazon Lex", page, StringComparison.Ordinal);
        Assert.All(review.Card!.Sections().Where(section => section.Id is not null), section => Assert.Contains(section.Id!, page, StringComparison.Ordinal));
    }

    private WireClient Management() => new(AwsService.Organizations, new AwsOptions { Endpoint = scene.Aws.Address.ToString(), AccessKeyId = "management", SecretAccessKey = "management" }, new CallBudget(null, 4));

    private async Task<string> ContentAsync()
    {
        using var organizations = Management();
        return (await new OrganizationsClient(organizations).DescribePolicyAsync(NewServiceTest, Cancellation)).Content;
    }
}
