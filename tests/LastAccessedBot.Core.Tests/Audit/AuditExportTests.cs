using LastAccessedBot.Core.Audit;

namespace LastAccessedBot.Core.Tests.Audit;

public sealed class AuditExportTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    /// <summary>What names and sentences may hold, and what a spreadsheet would take for a formula.</summary>
    private static readonly AuditEntry[] s_entries =
    [
        new(s_now, "slack:T1/U1", "asked", "R1", null, "group app-dev", "`/unused app-dev`"),
        new(s_now.AddTicks(1), "bot", "step-done", "R1", "P1", "group app-dev", "apply 1: `detach, \"it\"`") { Facts = """{"edit":{"$type":"detachPolicy"},"requestIds":["a-1"]}""" },
        new(s_now.AddSeconds(1), "console:zoë", "kept", "R2", "P2", "=HYPERLINK(\"x\")", "two\nlines, \"quoted\", and a tail\r\n"),
        new(s_now.AddDays(1), "'+apostrophe", "@at", "-R", "+P", "\ttab", "日本語 🔒 \\u0041 <b>&amp;"),
        new(s_now.AddDays(2), "bot", "expired", null, null, "", ""),
    ];

    [Theory]
    [InlineData(AuditFormat.JsonLines)]
    [InlineData(AuditFormat.Csv)]
    public void What_was_written_out_reads_back_the_same(AuditFormat format)
    {
        var read = AuditExport.Read(new StringReader(Text(format))).ToArray();
        Assert.All(read, one => Assert.Null(one.Fault));
        Assert.Equal(Chained(), read.Select(one => one.Entry!));
    }

    [Theory]
    [InlineData(AuditFormat.JsonLines)]
    [InlineData(AuditFormat.Csv)]
    public void Whatever_character_is_another_somebody_finds_it(AuditFormat format)
    {
        var text = Text(format);
        Assert.Null(Fault(text));
        for (var at = 0; at < text.Length; at++)
        {
            foreach (var other in (char[])[(char)(text[at] ^ 1), (char)(text[at] ^ 0x20), ' ', '\n'])
            {
                if (other == text[at]) continue;
                Assert.True(Fault($"{text[..at]}{other}{text[(at + 1)..]}") is not null, $"{other} in the place of {text[at]}, character {at}");
            }
            Assert.True(Fault(text.Remove(at, 1)) is not null, $"without character {at}");
        }
    }

    [Fact]
    public void Entries_taken_out_put_in_or_moved_are_found_and_so_is_a_head_of_another_record()
    {
        var lines = Text(AuditFormat.JsonLines).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line + "\n").ToArray();
        Assert.Equal("entry 3 follows entry 1", Fault(lines[0] + string.Concat(lines[2..])));
        Assert.Equal("entry 1 follows entry 1", Fault(lines[0] + string.Concat(lines)));
        Assert.Equal("entry 3 follows entry 1", Fault(lines[0] + lines[2] + lines[1] + lines[3]));
        Assert.Equal("the entries up to 1 are missing, and no entry tells of that", Fault(string.Concat(lines[1..])));
        Assert.Equal("it ends with entry 4, and entry 5 was noted", Fault(string.Concat(lines[..4]), Chained()[^1].Head));
        Assert.Equal("entry 5 is not the one that was noted: the record was written anew", Fault(string.Concat(lines), Chained()[^1].Head with { Hash = new string('a', 64) }));
        Assert.Equal("what stands in the place of entry 6 of the file was not written by an export", Fault(string.Concat(lines) + "\n"));
        Assert.Equal("the first line is not the names of the columns", Fault("numbers,at\r\n"));
        Assert.Null(Fault(""));
    }

    [Fact]
    public void A_spreadsheet_takes_no_cell_for_a_formula()
    {
        var text = Text(AuditFormat.Csv);
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\"", text, StringComparison.Ordinal);
        Assert.Contains(",'@at,'-R,'+P,'\ttab,", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("x:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("7:00")]
    [InlineData("7:ABCD000000000000000000000000000000000000000000000000000000000000")]
    public void A_head_is_a_number_and_a_hash(string text) => Assert.Null(ChainHead.Parse(text));

    [Fact]
    public void A_head_reads_back_as_it_is_written() => Assert.Equal(Chained()[^1].Head, ChainHead.Parse(Chained()[^1].Head.ToString()));


    private static string Text(AuditFormat format) => AuditExport.Header(format) + string.Concat(Chained().Select(entry => AuditExport.Write(format, entry)));

    private static List<ChainedEntry> Chained()
    {
        List<ChainedEntry> chained = [];
        foreach (var entry in s_entries) chained.Add(AuditChain.Append(chained.Count == 0 ? ChainHead.Start : chained[^1].Head, entry));
        return chained;
    }

    private static string? Fault(string text, params ChainHead[] noted)
    {
        var check = new ChainCheck(noted);
        foreach (var (entry, unreadable) in AuditExport.Read(new StringReader(text)))
            if ((unreadable ?? check.Look(entry!)) is { } fault) return fault;
        return check.End();
    }
}
