using System.Text.RegularExpressions;
using LastAccessedBot.Aws;
using LastAccessedBot.Commands;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;
using LastAccessedBot.Surfaces.Slack;
using LastAccessedBot.Surfaces.Slack.BlockKit;
using LastAccessedBot.Surfaces.Slack.Events;
using LastAccessedBot.Surfaces.Slack.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LastAccessedBot.Tests.Surfaces.Slack;

/// <summary>The manifests ask for what the code uses, no more and no less.</summary>
public sealed partial class ManifestTests
{
    public static TheoryData<string> Manifests => ["manifest.yaml", "manifest-socket-mode.yaml"];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void The_scopes_are_those_of_the_methods_that_are_called(string name)
    {
        var asked = Regex.Matches(Read(name).Split("scopes:")[1].Split("settings:")[0], @"^\s+- ([a-z:]+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
        Assert.Equal(SlackMethod.Scopes.Order(), asked.Order());
        Assert.Equal(SlackMethod.All.Select(method => method.Scope).OfType<string>().Append("commands").Distinct().Order(), SlackMethod.Scopes.Order());
    }

    [Fact]
    public void Every_method_is_called_and_no_other()
    {
        var calls = Directory.EnumerateFiles(Repository.File("src/LastAccessedBot/Surfaces/Slack"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith("SlackMethod.cs", StringComparison.Ordinal))
            .SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct().Where(name => name != nameof(SlackMethod.Scopes));
        var known = typeof(SlackMethod).GetFields().Where(field => field.FieldType == typeof(SlackMethod)).ToArray();
        Assert.Equal(known.Select(field => field.Name).Order(), calls.Order());
        Assert.Equal(known.Select(field => ((SlackMethod)field.GetValue(null)!).Name).Order(), SlackMethod.All.Select(method => method.Name).Order());
    }

    [Fact]
    public void The_addresses_are_those_that_the_bot_answers_at()
    {
        var asked = Regex.Matches(Read("manifest.yaml"), @"url: https://[^/]+(/\S+)").Select(match => match.Groups[1].Value);
        Assert.Equal(Mapped("Post").Order(), asked.Order());
        Assert.DoesNotContain("https://bot.example.com/", Read("manifest-socket-mode.yaml"));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void The_events_are_those_that_have_a_handler(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("Slack:BotToken", "xoxb-of-the-test"), new("Slack:SigningSecret", "of-the-test")]);
        builder.Services.AddAws(builder.Configuration).AddStorage(builder.Configuration).AddFlows(builder.Configuration).AddCommands();
        using var services = builder.AddSlack().Services.BuildServiceProvider();
        var asked = Regex.Matches(Read(name).Split("bot_events:")[1].Split("interactivity:")[0], @"^\s+- ([a-z_.]+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
        Assert.Equal(services.GetServices<IHandleEvents>().SelectMany(handler => handler.Types).Order(), asked.Order());
    }

    [Fact]
    public void A_browser_is_sent_back_to_an_address_that_the_bot_answers_at_and_names_to_Slack()
    {
        var back = Assert.Single(Regex.Matches(Read("manifest.yaml").Split("redirect_urls:")[1].Split("scopes:")[0], @"^\s+- (https://\S+)", RegexOptions.Multiline)).Groups[1].Value;
        var options = new SlackOptions { PublicUrl = new Uri("https://bot.example.com") };
        Assert.Equal(options.InstallCallback.ToString(), back);
        Assert.Equal(new[] { options.InstallCallback, options.InstallAt }.Select(address => address.AbsolutePath).Order(), Mapped("Get").Order());
    }

    [Fact]
    public void The_texts_are_as_long_as_Slack_takes_them()
    {
        var text = Read("manifest.yaml");
        Assert.InRange(Value(text, "  name: "), 1, 35);
        Assert.InRange(Value(text, "  description: "), 1, 140);
        Assert.InRange(Value(text, "      usage_hint: "), 1, 1_000);
        Assert.Matches(@"display_name: [a-z0-9-_.]{1,80}\n", text);
    }

    [Fact]
    public void Every_kind_of_button_has_somebody_who_obeys_it()
    {
        var kinds = Enum.GetNames<Press>().Select(press => press.ToLowerInvariant()).Concat([SlackActions.Run, SlackActions.Page, SlackActions.Home]).ToArray();
        Assert.All(kinds, kind => Assert.NotNull(ChoiceId.Read(kind switch { SlackActions.Page => "page:R:1", SlackActions.Home => "home:1", _ => $"{kind}:X" })));
        Assert.NotNull(DetailsModal.Read(DetailsModal.Value("X", 0)));
        Assert.Null(ChoiceId.Read(DetailsModal.Value("X", 0)));
    }

    /// <summary>The addresses that Slack's room maps for a verb.</summary>
    private static IEnumerable<string> Mapped(string verb) => Directory.EnumerateFiles(Repository.File("src/LastAccessedBot/Surfaces/Slack"), "*.cs", SearchOption.AllDirectories)
        .SelectMany(file => Regex.Matches(File.ReadAllText(file), $"Map{verb}\\(\"([^\"]+)\"").Select(match => match.Groups[1].Value));

    private static int Value(string text, string key) => text.Split('\n').First(line => line.StartsWith(key, StringComparison.Ordinal)).Length - key.Length;

    private static string Read(string name) => File.ReadAllText(Repository.File($"manifests/slack/{name}"));

    [GeneratedRegex(@"SlackMethod\.([A-Z][A-Za-z]+)\b")]
    private static partial Regex Named();
}
