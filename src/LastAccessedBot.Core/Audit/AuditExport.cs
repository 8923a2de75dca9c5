using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LastAccessedBot.Core.Audit;

/// <summary>How a record is written out. Each entry has exactly one text, so that a text which was changed at all is told from it.</summary>
public enum AuditFormat
{
    /// <summary>One JSON object a line, each line ended by a line feed.</summary>
    JsonLines,

    /// <summary>RFC 4180 with a line of names first, each cell as <see cref="Core.Csv"/> writes it.</summary>
    Csv,
}

/// <summary>Writes entries out, and reads them back.</summary>
public static class AuditExport
{
    private const string Moment = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private static readonly string[] s_names = ["number", "at", "actor", "event", "review", "proposal", "subject", "detail", "facts", "previous", "hash"];
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What stands before the first entry.</summary>
    public static string Header(AuditFormat format) => format == AuditFormat.Csv ? string.Join(',', s_names) + "\r\n" : "";

    /// <summary>An entry with the end of its line.</summary>
    public static string Write(AuditFormat format, ChainedEntry chained) => format == AuditFormat.Csv ? Csv(chained) : Json(chained) + "\n";

    /// <summary>The format of an exported text, by its first character.</summary>
    public static AuditFormat FormatOf(int first) => first == s_names[0][0] ? AuditFormat.Csv : AuditFormat.JsonLines;

    /// <summary>
    /// Reads an exported text from its beginning. Where it is not, to the last character, what <see cref="Write"/> wrote, the walk ends with
    /// a place of null entry and a sentence that says where.
    /// </summary>
    public static IEnumerable<(ChainedEntry? Entry, string? Fault)> Read(TextReader text)
    {
        var format = FormatOf(text.Peek());
        var header = Header(format);
        var begin = new char[header.Length];
        if (text.ReadBlock(begin, 0, begin.Length) != begin.Length || new string(begin) != header)
        {
            yield return (null, "the first line is not the names of the columns");
            yield break;
        }
        for (var line = 1; Next(text, format) is { } written; line++)
        {
            var entry = format == AuditFormat.Csv ? OfCells(Cells(written)) : OfJson(written);
            if (entry is null || Write(format, entry) != written)
            {
                yield return (null, $"what stands in the place of entry {line} of the file was not written by an export");
                yield break;
            }
            yield return (entry, null);
        }
    }

    /// <summary>What stands up to the end of an entry, whatever it is; null at the end.</summary>
    private static string? Next(TextReader text, AuditFormat format)
    {
        var entry = new StringBuilder();
        var isQuoted = false;
        while (text.Read() is >= 0 and var read)
        {
            var one = (char)read;
            entry.Append(one);
            if (one == '"' && format == AuditFormat.Csv) isQuoted = !isQuoted;
            if (one == '\n' && !isQuoted) break;
        }
        return entry.Length == 0 ? null : entry.ToString();
    }

    private static string Json(ChainedEntry chained)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_plain))
        {
            json.WriteStartObject();
            json.WriteNumber("number", chained.Number);
            foreach (var (name, text) in s_names.Skip(1).Zip(Texts(chained)))
            {
                if (text is null) json.WriteNull(name);
                else json.WriteString(name, text);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static ChainedEntry? OfJson(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("number", out var number) || !number.TryGetInt64(out var parsed)) return null;
            var texts = s_names.Skip(1).Select(name => root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null).ToArray();
            return Of(parsed, texts);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A string that is no text: half of a surrogate pair.
            return null;
        }
    }

    private static string Csv(ChainedEntry chained) => string.Join(',', Texts(chained).Prepend($"{chained.Number}").Select(text => Core.Csv.Cell(text ?? ""))) + "\r\n";

    private static List<string?> Cells(string line)
    {
        List<string?> cells = [];
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            var one = line[at];
            if (one == '"' && isQuoted && at + 1 < line.Length && line[at + 1] == '"') cell.Append(line[at++]);
            else if (one == '"') isQuoted = !isQuoted;
            else if (!isQuoted && (one is ',' || line.AsSpan(at) is "\r\n"))
            {
                cells.Add(cell.Length == 0 ? null : Core.Csv.Text(cell.ToString()));
                cell.Clear();
                if (one != ',') break;
            }
            else cell.Append(one);
        }
        return cells;
    }

    private static ChainedEntry? OfCells(List<string?> cells) =>
        cells.Count == s_names.Length && long.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Of(number, [.. cells.Skip(1)]) : null;

    private static string?[] Texts(ChainedEntry chained)
    {
        var entry = chained.Entry;
        return [entry.At.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture), entry.Actor, entry.Event, entry.ReviewId, entry.ProposalId, entry.Subject, entry.Detail, entry.Facts, chained.Previous, chained.Hash];
    }

    private static ChainedEntry? Of(long number, string?[] texts) =>
        DateTimeOffset.TryParseExact(texts[0], Moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new ChainedEntry(number, new AuditEntry(at, texts[1] ?? "", texts[2] ?? "", texts[3], texts[4], texts[5] ?? "", texts[6] ?? "") { Facts = texts[7] }, texts[8] ?? "", texts[9] ?? "")
            : null;
}
