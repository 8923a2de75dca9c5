using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Sandbox.Faults;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>Several accounts by settings: the same name in two of them is two things, for reports, rights, trims and the record.</summary>
[Collection(nameof(EndToEnd))]
public sealed class AccountsTests : IAsyncLifetime
{
    private const string Detach = "Detach App-Dev-Route53 from group app-dev", Delete = "Delete the policy App-Dev-Route53";

    private Scene scene = null!;

    private BotProcess Bot => scene.Bot;

    private string Shop => scene.Aws.Account.Snapshot(TwoAccounts.ShopId);

    public async ValueTask InitializeAsync() => scene = await Scene.StartAsync(settings: TwoAccounts.Environment());

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task The_same_group_in_two_accounts_has_two_cards_and_is_trimmed_in_one()
    {
        var (home, shop) = (scene.Account, Shop);
        var atHome = await Bot.AskAsync(Paulo, "/unused app-dev");
        Assert.StartsWith("Group app-dev in production: 1 of 6 services unused", atHome.Card!.Title.ToString(), StringComparison.Ordinal);
        Assert.Contains("Detach App-Dev-ElasticTranscoder", atHome.Card!.Text());

        var inShop = await Bot.AskAsync(Nikhil, "/unused app-dev in shop");
        Assert.Equal("Group app-dev in shop: 1 of 3 services unused in 90 days", inShop.Card!.Title.ToString());
        Assert.Contains("sofia-martinez", inShop.Card!.Text());
        Assert.Contains("run:/unused members group app-dev 90d in shop", inShop.Card!.Text());

        // Who owns the group at home owns nothing of its namesake.
        Assert.Contains("You may not decide about group app-dev in shop", await Bot.ToldAsync(Maria, inShop.Id, inShop.Card!.Section(Detach).Choice("Approve")));
        var applied = await Bot.PressAsync(Paulo, inShop, Detach, "Approve", "Applied on");
        Assert.DoesNotContain("group/app-dev attached: arn:aws:iam::666677778888:policy/App-Dev-Route53", Shop);
        Assert.Equal(home, scene.Account);

        // What the approval made possible is in the same account.
        var offered = await Bot.WhenAsync(applied.Id, card => card.Sections().Any(section => section.Title.ToString() == Delete), Martha);
        Assert.Equal("policy App-Dev-Route53 in shop", (await scene.ProposalAsync(offered.Card!.Section(Delete).Id!)).Subject.Words);
        var deleted = await Bot.PressAsync(Martha, offered, Delete, "Approve", "Applied on");
        Assert.DoesNotContain("policy/App-Dev-Route53", Shop);
        Assert.Equal(home, scene.Account);

        await Bot.PressAsync(Martha, deleted, Delete, "Undo", "Undone by");
        await Bot.PressAsync(Martha, deleted, Detach, "Undo", "Undone by");
        Assert.Equal((home, shop), (scene.Account, Shop));
        Assert.Empty(scene.Writes);
        Assert.All(await scene.RecordAsync(offered.Card!.Section(Delete).Id!), entry => Assert.Equal("policy App-Dev-Route53 in shop", entry.Subject));
    }

    [Fact]
    public async Task An_owner_in_one_account_decides_there_and_not_at_home()
    {
        await scene.DisposeAsync();
        scene = await Scene.StartAsync(settings: [.. TwoAccounts.Environment(), ("Approvals__Owners__group app-dev in shop__0", $"console:{Nikhil}")]);
        var atHome = await Bot.AskAsync(Nikhil, "/unused app-dev");
        Assert.Contains("You may not decide about group app-dev", await Bot.ToldAsync(Nikhil, atHome.Id, atHome.Card!.Section("Detach").Choice("Approve")));
        var inShop = await Bot.AskAsync(Maria, "/unused group app-dev 30d in SHOP");
        await Bot.PressAsync(Nikhil, inShop, Detach, "Approve", "Applied on");

        Assert.Equal("Owners of group app-dev in shop", (await Bot.AskAsync(Paulo, "/unused owner app-dev in shop")).Card!.Title.ToString());
        var added = (await Bot.AskAsync(Paulo, $"/unused owner app-dev add @{Martha} in shop")).Card!;
        Assert.Contains("Martha Rivera", added.Text());
        Assert.DoesNotContain("Martha Rivera | by command", (await Bot.AskAsync(Paulo, "/unused owner app-dev")).Card!.Text());
    }

    [Fact]
    public async Task A_host_that_is_killed_takes_up_the_work_in_the_account_that_it_was_for()
    {
        var review = await Bot.AskAsync(Paulo, "/unused app-dev in shop");
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Aws.Faults.Watcher = call => call is { Operation: "iam:DetachGroupPolicy", Phase: CallPhase.Arrived } && held.TrySetResult() ? throw new CallDroppedException() : Task.CompletedTask;
        await Bot.PressAsync(Martha, review.Id, review.Card!.Section(Detach).Choice("Approve"));
        await held.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await scene.RestartAsync();
        await Bot.WhenAsync(review.Id, card => card.Sections().Any(section => section.Text().Contains("Applied on", StringComparison.Ordinal)), Paulo);
        Assert.DoesNotContain("group/app-dev attached: arn:aws:iam::666677778888:policy/App-Dev-Route53", Shop);
    }

    [Fact]
    public async Task Every_question_may_be_asked_in_an_account()
    {
        var why = (await Bot.AskAsync(Paulo, "/unused why nikki-wolf s3 in shop")).Card!;
        Assert.StartsWith("Why user nikki-wolf in shop may use", why.Title.ToString(), StringComparison.Ordinal);
        Assert.Contains("run:/unused group app-dev in shop", why.Text());
        var who = (await Bot.AskAsync(Paulo, "/unused who app-dev elastictranscoder in shop")).Card!;
        Assert.Contains("Who behind group app-dev in shop used", who.Title.ToString());
        Assert.Contains("user sofia-martinez", who.Text());
        var policies = (await Bot.AskAsync(Paulo, "/unused policies in shop")).Card!;
        Assert.Equal("3 attached customer managed policies in shop, worst first", policies.Title.ToString());
        Assert.Contains("run:/unused policy App-Dev-Route53 90d in shop", policies.Text());
        Assert.StartsWith("Before deleting user sofia-martinez in shop", (await Bot.AskAsync(Paulo, "/unused delete user sofia-martinez in shop")).Card!.Title.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Policy App-Dev-Route53 in shop", (await Bot.AskAsync(Paulo, "/unused arn:aws:iam::666677778888:policy/App-Dev-Route53")).Card!.Title.ToString(), StringComparison.Ordinal);

        await Bot.AskAsync(Paulo, "/unused app-dev in shop");
        await Bot.AskAsync(Paulo, "/unused app-dev");
        Assert.Contains("The report on group app-dev in shop", (await Bot.AskAsync(Paulo, "/unused report app-dev in shop")).Card!.Title.ToString());
        Assert.Contains("The report on group app-dev in production", (await Bot.AskAsync(Paulo, "/unused report group app-dev")).Card!.Title.ToString());
        var history = (await Bot.AskAsync(Paulo, "/unused history app-dev in shop")).Card!.Text();
        Assert.Contains("Detach App-Dev-Route53", history);
        Assert.DoesNotContain("App-Dev-ElasticTranscoder", history);
        Assert.Contains("proposed in shop", (await Bot.AskAsync(Paulo, "/unused history")).Card!.Text());

        Assert.Equal("Subscribed to group app-dev in shop", (await Bot.AskAsync(Paulo, "/unused subscribe app-dev daily in shop")).Card!.Title.ToString());
        Assert.Contains("app-dev is not subscribed here", (await Bot.AskAsync(Paulo, "/unused unsubscribe app-dev")).Card!.Title.ToString());
        Assert.Contains("app-dev in shop", (await Bot.AskAsync(Paulo, "/unused unsubscribe app-dev in shop")).Card!.Title.ToString());
    }

    [Fact]
    public async Task An_account_that_the_settings_do_not_know_is_refused_with_those_near_it()
    {
        var refused = (await Bot.AskAsync(Paulo, "/unused app-dev in shopp")).Card!;
        Assert.Contains("No account is called shopp", refused.Text());
        Assert.Contains("Did you mean shop?", refused.Text());
        Assert.Contains("The settings know production and shop", (await Bot.AskAsync(Paulo, "/unused app-dev in antarctica")).Card!.Text());
        Assert.StartsWith("Group app-dev in shop", (await Bot.AskAsync(Paulo, $"/unused group app-dev in {TwoAccounts.ShopId}")).Card!.Title.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_is_not_given_is_named_with_what_to_check_and_the_home_account_is_as_it_was()
    {
        await scene.DisposeAsync();
        scene = await Scene.StartAsync(settings: TwoAccounts.Environment(externalId: "another"));
        var refused = (await Bot.AskAsync(Paulo, "/unused app-dev in shop")).Card!.Text();
        Assert.Contains(TwoAccounts.ShopRole, refused);
        Assert.Contains("Aws:Accounts:0:ExternalId", refused);
        Assert.Contains("Nothing was concluded and nothing was changed.", refused);
        Assert.Contains("Detach App-Dev-ElasticTranscoder", (await Bot.AskAsync(Paulo, "/unused app-dev")).Card!.Text());
        // The host works, and says that it is not well.
        Assert.Contains("\"aws\":\"degraded\"", await Bot.Http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken));
    }
}
