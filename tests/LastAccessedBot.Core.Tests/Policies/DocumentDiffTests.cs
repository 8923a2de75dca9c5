using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Tests.Policies;

public sealed class DocumentDiffTests
{
    [Theory]
    [InlineData("a\nb\nc", "a\nc", " a|-b| c")]
    [InlineData("a", "b", "-a|+b")]
    [InlineData("a\nb", "a\nb", " a| b")]
    [InlineData("a,\nb,\nc", "a,\nb", " a,| b|-c")]
    [InlineData("x\na\ny\nb\nz", "x\nc\ny\nd\nz", " x|-a|+c| y|-b|+d| z")]
    public void Lines_go_come_and_stay(string before, string after, string expected) => Assert.Equal(
        expected, string.Join('|', DocumentDiff.Of(before, after).Select(line => (line.Mark switch { DiffMark.Goes => "-", DiffMark.Comes => "+", _ => " " }) + line.Text)));
}
