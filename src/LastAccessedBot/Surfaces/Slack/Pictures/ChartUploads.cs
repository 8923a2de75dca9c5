using System.Text.Json.Nodes;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.BlockKit;
using LastAccessedBot.Surfaces.Slack.Payloads;
using LastAccessedBot.Surfaces.Slack.Web;

namespace LastAccessedBot.Surfaces.Slack.Pictures;

/// <summary>
/// Gives the messages that wait their pictures: draws, uploads, and shows, one after the other, so that drawing never takes more than one
/// processor from those who wait for an answer. A message stands complete without its picture, whatever fails here.
/// </summary>
internal sealed partial class ChartUploads(ChartFiles files, SlackSurface surface, SlackClient client, IWorkspaces workspaces, IPostedCards cards, TimeProvider time, ILogger<ChartUploads> log) : BackgroundService
{
    /// <summary>Slack takes a while to look at a file: how often it is offered, with pauses of 1, 2, 4 … seconds between.</summary>
    private const int MostOffers = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var message in files.WaitingAsync(stoppingToken))
        {
            var team = SlackIds.Split(message.Conversation.Id).Team;
            Card? card = null;
            try
            {
                card = await cards.FindAsync(message, stoppingToken);
                if (card is not null) await ShowAsync(message, team, card, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // Everything, and aloud: a picture is worth neither an answer nor the host.
                if (card is not null) files.GiveUp(team, card);
                LogWithout(failure, message.Id, message.Conversation.Id);
            }
        }
    }

    private async Task ShowAsync(PostedMessage message, string team, Card card, CancellationToken cancellation)
    {
        foreach (var chart in ChartFiles.Charts(card))
            if (files.FindUploaded(team, chart) is null) files.Keep(team, chart, await UploadAsync(team, chart, cancellation));
        for (var offer = 1; !await surface.ShowPicturesAsync(message, cancellation); offer++)
        {
            if (offer == MostOffers) throw new SlackRefusedException(SlackMethod.UpdateMessage.Name, $"the picture was not taken in {MostOffers} tries", []);
            await Task.Delay(TimeSpan.FromSeconds(1 << (offer - 1)), time, cancellation);
        }
    }

    private async Task<string> UploadAsync(string team, CardBlock.Chart chart, CancellationToken cancellation)
    {
        var workspace = await workspaces.FindAsync(team, cancellation) ?? throw new SlackRefusedException(SlackMethod.GetUploadAddress.Name, $"the bot is not installed in workspace {team}", []);
        var picture = ChartPicture.Draw(chart);
        var address = await client.CallAsync(SlackMethod.GetUploadAddress, workspace, new JsonObject
        {
            ["filename"] = "services.png",
            ["length"] = picture.Length,
            ["alt_txt"] = PlainWords.Cut(chart.InWords, BlockKitLimits.UploadAltText),
        }, cancellation);
        var id = address.Text("file_id") ?? throw new SlackRefusedException(SlackMethod.GetUploadAddress.Name, "no file_id in the answer", []);
        if (!Uri.TryCreate(address.Text("upload_url"), UriKind.Absolute, out var to)) throw new SlackRefusedException(SlackMethod.GetUploadAddress.Name, "no upload_url in the answer", []);
        await client.UploadAsync(to, picture, cancellation);
        // Of no channel: it is seen where a message shows it, and nowhere else.
        await client.CallAsync(SlackMethod.CompleteUpload, workspace, new JsonObject { ["files"] = new JsonArray(new JsonObject { ["id"] = id, ["title"] = chart.Title }) }, cancellation);
        return id;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The message {Ts} in {Conversation} stands without its picture")]
    private partial void LogWithout(Exception failure, string ts, string conversation);
}
