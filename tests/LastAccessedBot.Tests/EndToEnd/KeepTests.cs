using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Sandbox.Faults;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>What looks idle and is needed, on the console.</summary>
[Collection(nameof(EndToEnd))]
public sealed class KeepTests : IAsyncLifetime
{
    private const string Title = "Detach App-Dev-ElasticTranscoder", Reason = "The launch film, <b>once</b> a year";

    private static readonly object s_inputs = new { reason = Reason, until = "90d" };

    private Scene _scene = null!;

    private BotProcess Bot => _scene.Bot;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scene = await Scene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task What_is_kept_is_withheld_with_its_reason_until_somebody_suggests_it_again()
    {
        var (review, other) = (await Bot.AskAsync(Nikhil, "/unused app-dev"), await Bot.AskAsync(Paulo, "/unused group app-dev 60d"));
        var kept = await KeptAsync(review);
        var keeping = (await _scene.ProposalAsync(kept.Card!.Section(Title).Id!)).Keeping!;
        var sentence = $"Kept by María García until {keeping.Until:yyyy-MM-dd}: {Reason}";
        Assert.Contains(sentence, kept.Card!.Section(Title).Text());
        Assert.Equal(["Suggest again"], kept.Card!.Section(Title).Choices.Select(choice => choice.Label));

        // On the card that stood there already, and on every new one.
        var renewed = await Bot.WhenAsync(other.Id, card => card.Text().Contains("Withheld: " + Title, StringComparison.Ordinal), Paulo);
        foreach (var card in new[] { renewed.Card!, (await Bot.AskAsync(Paulo, "/unused app-dev")).Card! })
        {
            Assert.Contains(sentence, card.Text());
            Assert.DoesNotContain(card.Sections(), section => section.Title.ToString().StartsWith(Title, StringComparison.Ordinal) && section.Choices.Any(choice => choice.Label == "Approve"));
        }

        await Bot.PressAsync(Paulo, kept.Id, kept.Card!.Section(Title).Choice("Suggest again"));
        await _scene.WhenShownAsync(kept.Id);
        var reopened = await Bot.AskAsync(Paulo, "/unused app-dev");
        Assert.DoesNotContain("Withheld", reopened.Card!.Text());
        Assert.Equal(["Approve", "Keep", "Dismiss"], reopened.Card!.Section(Title).Choices.Select(choice => choice.Label));
        await Bot.PressAsync(Paulo, reopened, Title, "Approve", "Applied on");
        Assert.Equal(["DetachGroupPolicy"], _scene.Writes);

        var history = Assert.Single(await Bot.SayAsync(Paulo, "/unused history app-dev")).Card!.Text();
        Assert.Contains($"María García | kept | {kept.Card!.Section(Title).Id} {Title} from group app-dev, kept until {keeping.Until:yyyy-MM-dd}: {Reason}", history);
        Assert.Contains($"Paulo Santos | reopened | {kept.Card!.Section(Title).Id} {Title} from group app-dev, kept until {keeping.Until:yyyy-MM-dd}: {Reason}", history);
    }

    [Fact]
    public async Task A_form_that_is_not_filled_in_is_refused_and_nothing_changes()
    {
        var review = await Bot.AskAsync(Paulo, "/unused app-dev");
        var keep = review.Card!.Section(Title).Choice("Keep");
        foreach (var (inputs, sentence) in new (object?, string)[]
        {
            (null, "`reason`: Write something here, in at most 500 characters. `until`: Choose one of `30d`, `90d`, `180d`, `365d`."),
            (new { until = "90d" }, "`reason`: Write"),
            (new { reason = "   ", until = "90d" }, "`reason`: Write"),
            (new { reason = new string('x', 501), until = "90d" }, "`reason`: This has 501 characters; 500 is the limit."),
            (new { reason = Reason, until = "91d" }, "`until`: Choose one of"),
            (new { reason = (string?)null, until = "90d" }, "`reason`: Write"),
            (new { reason = 7, until = "90d" }, "not the JSON object that this address takes"),
            (new[] { "90d" }, "not the JSON object that this address takes"),
        })
        {
            using var answer = await Bot.Http.PostAsJsonAsync("/api/console/actions", new { user = Paulo, message = review.Id, choice = keep, inputs }, Cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(sentence, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString());
        }
        var proposal = await _scene.ProposalAsync(keep["keep:".Length..]);
        Assert.Equal((ProposalState.Proposed, 1), (proposal.State, proposal.Revision));
    }

    [Fact]
    public async Task Who_may_not_decide_keeps_nothing_and_suggests_nothing_again()
    {
        var review = await Bot.AskAsync(Nikhil, "/unused app-dev");
        var keep = review.Card!.Section(Title).Choice("Keep");
        Assert.Contains("You may not decide about group app-dev", await Bot.ToldAsync(Nikhil, review.Id, keep, s_inputs));
        Assert.Contains("is suggested already", await Bot.ToldAsync(Paulo, review.Id, keep.Replace("keep:", "reopen:", StringComparison.Ordinal)));
        var kept = await KeptAsync(review);
        Assert.Contains("You may not decide about group app-dev", await Bot.ToldAsync(Nikhil, review.Id, kept.Card!.Section(Title).Choice("Suggest again")));
        // No form stands on the card any more: whatever a late press brings, it hears who was faster.
        Assert.Contains("was kept by María García already", await Bot.ToldAsync(Paulo, review.Id, keep, s_inputs));
        Assert.Contains("was kept by María García already", await Bot.ToldAsync(Paulo, review.Id, keep.Replace("keep:", "approve:", StringComparison.Ordinal)));
        Assert.Equal(["proposed", "kept"], (await _scene.RecordAsync(keep["keep:".Length..])).Select(entry => entry.Event));
        Assert.Empty(_scene.Writes);
    }

    [Fact]
    public async Task Of_many_who_keep_at_once_one_does()
    {
        var review = await Bot.AskAsync(Nikhil, "/unused app-dev");
        var keep = review.Card!.Section(Title).Choice("Keep");
        string[] people = [Paulo, Martha, Maria, Paulo, Martha, Maria];
        var answers = await Task.WhenAll(people.Select(person => Bot.PressAsync(person, review.Id, keep, s_inputs)));
        Assert.Equal(people.Length - 1, answers.Sum(answer => answer.Count(message => message.OnlyFor is not null)));
        Assert.Single(await _scene.RecordAsync(keep["keep:".Length..]), entry => entry.Event == "kept");
    }

    [Fact]
    public async Task What_is_kept_stays_so_when_its_card_is_renewed()
    {
        const string Detach = "Detach IAMFullAccess", Leave = "Remove user nikhilj";
        var review = await Bot.AskAsync(Paulo, "/unused nikhilj");
        await Bot.PressAsync(Martha, review.Id, review.Card!.Section(Leave).Choice("Keep"), s_inputs);
        var kept = await Bot.WhenAsync(review.Id, card => card.Text().Contains("Kept by Martha Rivera", StringComparison.Ordinal), Martha);
        var applied = await Bot.PressAsync(Martha, kept, Detach, "Approve", "Applied on");
        await _scene.WhenShownAsync(review.Id);
        var renewed = await Bot.WhenAsync(review.Id, _ => true, Martha);
        Assert.True(renewed.Seq >= applied.Seq);
        Assert.Equal(["Suggest again"], Assert.Single(renewed.Card!.Sections(), section => section.Title.ToString().Contains(Leave, StringComparison.Ordinal)).Choices.Select(choice => choice.Label));
        Assert.Equal(["DetachUserPolicy"], _scene.Writes);
    }

    [Fact]
    public async Task An_approval_that_is_under_way_goes_through_though_another_card_keeps_the_same()
    {
        var (review, other) = (await Bot.AskAsync(Paulo, "/unused app-dev"), await Bot.AskAsync(Nikhil, "/unused group app-dev 60d"));
        var (arrived, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _scene.Aws.Faults.Watcher = async call =>
        {
            if (call is not { Writes: true, Phase: CallPhase.Arrived }) return;
            arrived.TrySetResult();
            await goOn.Task;
        };
        await Bot.PressAsync(Paulo, review.Id, review.Card!.Section(Title).Choice("Approve"));
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await KeptAsync(other);
        goOn.SetResult();
        await Bot.WhenAsync(review.Id, card => card.Text().Contains("Applied on", StringComparison.Ordinal), Paulo);
        Assert.Equal(["DetachGroupPolicy"], _scene.Writes);
    }

    private async Task<ChatMessage> KeptAsync(ChatMessage review)
    {
        await Bot.PressAsync(Maria, review.Id, review.Card!.Section(Title).Choice("Keep"), s_inputs);
        return await Bot.WhenAsync(review.Id, card => card.Text().Contains("Kept by María García", StringComparison.Ordinal), Maria);
    }
}
