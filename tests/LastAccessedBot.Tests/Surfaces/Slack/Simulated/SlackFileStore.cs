using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LastAccessedBot.Tests.Surfaces.Slack.Simulated;

/// <summary>Slack's keeping of files: an address for so many bytes, the bytes, and the word that they are whole. Only then a message may show them.</summary>
internal sealed class SlackFileStore(SimulatedSlack slack)
{
    /// <summary>File id → what was uploaded.</summary>
    public Dictionary<string, SlackUpload> All { get; } = [];

    /// <summary>Where the next upload is told to go, if not to this peer itself.</summary>
    public Uri? Elsewhere { get; set; }

    /// <summary>Null, or why Slack gives no address.</summary>
    public string? Ask(string name, string length, string altText, out string id, out Uri address)
    {
        id = $"F{All.Count + 1:D4}";
        (address, Elsewhere) = (new Uri(Elsewhere ?? slack.Address, $"/upload/{id}"), null);
        if (name.Length == 0 || altText.Length > 1_000 || !int.TryParse(length, out var bytes) || bytes <= 0) return "invalid_arguments";
        All[id] = new SlackUpload(altText, bytes);
        return null;
    }

    public async Task ReceiveAsync(string id, HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (!All.TryGetValue(id, out var file) || body.Length != file.Length) http.Response.StatusCode = 400;
        else if (SlackFaults.Take(slack.Faults.Broken, "upload")) http.Response.StatusCode = 500;
        else file.Content = body.ToArray();
    }

    /// <summary>Null, or why the file does not become one.</summary>
    public string? Complete(string id)
    {
        if (!All.TryGetValue(id, out var file) || file.Content is null) return "file_not_found";
        file.IsComplete = true;
        return null;
    }

    /// <summary>What is wrong with the pictures of a message.</summary>
    public IEnumerable<string> Faults(JsonArray blocks)
    {
        for (var index = 0; index < blocks.Count; index++)
        {
            if (blocks[index]!["slack_file"]?["id"]?.GetValue<string>() is not { } id) continue;
            if (!All.TryGetValue(id, out var file) || !file.IsComplete) yield return $"[ERROR] invalid slack file [json-pointer:/blocks/{index}/slack_file]";
            else if (slack.Faults.FilesNotReady-- > 0) yield return $"[ERROR] invalid slack file [json-pointer:/blocks/{index}/slack_file]";
        }
    }
}

internal sealed record SlackUpload(string AltText, int Length)
{
    public byte[]? Content { get; set; }

    public bool IsComplete { get; set; }
}
