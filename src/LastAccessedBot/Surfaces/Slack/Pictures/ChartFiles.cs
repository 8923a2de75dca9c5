using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.Payloads;

namespace LastAccessedBot.Surfaces.Slack.Pictures;

/// <summary>
/// Which charts have a picture in which workspace, and which messages wait for one. Equal charts share a picture. Kept in memory alone:
/// after a restart, a card has its picture again some seconds after its next update.
/// </summary>
internal sealed class ChartFiles(TimeProvider time)
{
    /// <summary>For how long a chart that could not become a picture is not tried again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private const int MostKept = 2_000, MostWaiting = 500;

    private readonly ConcurrentDictionary<(string Team, string Chart), Picture> _known = new();
    private readonly ConcurrentDictionary<PostedMessage, bool> _waiting = new();
    private readonly Channel<PostedMessage> _queue = Channel.CreateBounded<PostedMessage>(MostWaiting);

    /// <summary>The file that shows the chart for certain; null where Slack has not shown one yet.</summary>
    public string? Find(string team, CardBlock.Chart chart) => Known(team, chart) is { IsShown: true } picture ? picture.FileId : null;

    /// <summary>The file that the chart was uploaded as, shown or not.</summary>
    public string? FindUploaded(string team, CardBlock.Chart chart) => Known(team, chart)?.FileId;

    /// <summary>The chart was uploaded; whether Slack shows it is seen when it is sent.</summary>
    public void Keep(string team, CardBlock.Chart chart, string fileId) => Set(team, chart, new Picture(fileId, IsShown: false, default));

    /// <summary>Slack took the card with all its uploaded pictures.</summary>
    public void Shown(string team, Card card)
    {
        foreach (var chart in Charts(card))
            if (FindUploaded(team, chart) is { } fileId) Set(team, chart, new Picture(fileId, IsShown: true, default));
    }

    /// <summary>The charts of the card are told in words, for now.</summary>
    public void GiveUp(string team, Card card)
    {
        foreach (var chart in Charts(card)) Set(team, chart, new Picture(null, IsShown: false, time.GetUtcNow() + Pause));
    }

    /// <summary>A message that was posted or updated: where its card lacks a picture, it waits for one.</summary>
    public void Want(PostedMessage message, Card card)
    {
        var team = SlackIds.Split(message.Conversation.Id).Team;
        if (!Charts(card).Any(chart => Known(team, chart) is not { } picture || (!picture.IsShown && picture.NotBefore <= time.GetUtcNow())) || !_waiting.TryAdd(message, true)) return;
        // Where hundreds wait, this one goes without.
        if (!_queue.Writer.TryWrite(message)) _waiting.TryRemove(message, out _);
    }

    /// <summary>The messages that wait, one by one, as long as the host runs.</summary>
    public async IAsyncEnumerable<PostedMessage> WaitingAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var message in _queue.Reader.ReadAllAsync(cancellation))
        {
            _waiting.TryRemove(message, out _);
            yield return message;
        }
    }

    public static IEnumerable<CardBlock.Chart> Charts(Card card) => card.Blocks.OfType<CardBlock.Chart>();

    private Picture? Known(string team, CardBlock.Chart chart) => _known.GetValueOrDefault((team, KeyOf(chart)));

    private void Set(string team, CardBlock.Chart chart, Picture picture)
    {
        if (_known.Count >= MostKept) _known.Clear();
        _known[(team, KeyOf(chart))] = picture;
    }

    private static string KeyOf(CardBlock.Chart chart) => Convert.ToBase64String(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(chart, CardJson.Options)));

    /// <param name="FileId">null where there is none.</param>
    /// <param name="NotBefore">When the next try may be made.</param>
    private sealed record Picture(string? FileId, bool IsShown, DateTimeOffset NotBefore);
}
