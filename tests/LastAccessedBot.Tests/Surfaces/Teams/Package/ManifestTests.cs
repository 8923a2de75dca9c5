using System.Text.Json.Nodes;
using LastAccessedBot.Commands;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.Surfaces.Teams.Package;

/// <summary>The manifest is what Teams takes, and promises what the bot does.</summary>
public sealed class ManifestTests
{
    private static readonly string s_text = File.ReadAllText(Repository.File("manifests/teams/manifest.json"));

    private static readonly JsonNode s_manifest = JsonNode.Parse(s_text)!;

    private static JsonNode Bot => Assert.Single(s_manifest["bots"]!.AsArray())!;

    private static JsonArray Commands => Assert.Single(Bot["commandLists"]!.AsArray())!["commands"]!.AsArray();

    [Fact]
    public async Task It_is_valid_against_its_schema() => Assert.Empty(await ManifestSchema.FaultsAsync(s_text));

    /// <summary>A check that lets faults pass would be worth nothing.</summary>
    [Theory]
    [InlineData("\"isNotificationOnly\"", "\"isNotifyOnly\"")]
    [InlineData("\"groupChat\"", "\"groupchat\"")]
    [InlineData("\"Application\"", "\"application\"")]
    [InlineData("\"#0F6B63\"", "\"green\"")]
    [InlineData("00000000-0000-0000-0000-000000000000", "the-bot")]
    [InlineData("See the AWS permissions", "See the AWS permissions, every last one of them,")]
    public async Task What_is_misspelt_or_too_long_is_found(string right, string wrong)
    {
        Assert.Contains(right, s_text, StringComparison.Ordinal);
        Assert.NotEmpty(await ManifestSchema.FaultsAsync(s_text.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_command_is_understood_as_its_description_writes_it()
    {
        Assert.All(Commands, command =>
        {
            var (title, usage) = (Text(command!["title"]), Text(command["description"]).Split(':')[0]);
            Assert.StartsWith(title, usage, StringComparison.Ordinal);
            var line = usage.Replace("NAME", "app-dev", StringComparison.Ordinal).Replace("ID", "K7Q2M", StringComparison.Ordinal);
            var understood = Assert.IsType<Parsed<Command>.Ok>(CommandGrammar.Parse(line)).Value;
            // A word that is no verb would be taken for the name of something.
            Assert.False(understood is Command.Review { Kind: null }, $"`{line}` is taken for a name");
        });
    }

    // Teams offers ten at most; the last of them tells the rest.
    [Fact]
    public void Help_is_offered_and_tells_every_kind_of_command()
    {
        Assert.Equal("help", Text(Commands[^1]!["title"]));
        var table = Assert.Single(HelpCard.For(new Person("teams", "tenant/ada", "Ada")).Blocks.OfType<CardBlock.Table>());
        var told = table.Rows.Select(row => CommandGrammar.Parse(row.Cells[0].ToString().Replace("[NAME]", "NAME", StringComparison.Ordinal))).Select(parsed => Assert.IsType<Parsed<Command>.Ok>(parsed).Value.GetType().Name);
        Assert.Equal(typeof(Command).GetNestedTypes().Select(kind => kind.Name).Order(), told.Distinct().Order());
    }

    [Fact]
    public void The_texts_are_as_long_as_every_version_of_Teams_takes_them()
    {
        Assert.InRange(Commands.Count, 1, 10);
        Assert.All(Commands, command =>
        {
            Assert.InRange(Text(command!["title"]).Length, 1, 32);
            Assert.InRange(Text(command["description"]).Length, 1, 128);
        });
        Assert.InRange(Text(s_manifest["name"]!["short"]).Length, 1, 30);
        Assert.InRange(Text(s_manifest["description"]!["short"]).Length, 1, 80);
    }

    [Fact]
    public void It_asks_for_the_members_of_teams_and_for_nothing_else_of_Graph()
    {
        var asked = Assert.Single(s_manifest["authorization"]!["permissions"]!["resourceSpecific"]!.AsArray())!;
        Assert.Equal(("TeamMember.Read.Group", "Application"), (Text(asked["name"]), Text(asked["type"])));
        Assert.Equal(Text(Bot["botId"]), Text(s_manifest["webApplicationInfo"]!["id"]));
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
