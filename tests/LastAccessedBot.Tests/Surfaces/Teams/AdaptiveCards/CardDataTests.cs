using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Surfaces.Teams.AdaptiveCards;

namespace LastAccessedBot.Tests.Surfaces.Teams.AdaptiveCards;

public sealed class CardDataTests
{
    private static readonly CardData[] s_all =
    [
        new CardData.Press("approve:A", "s1"), new CardData.Press("approve:A", "s1", "17"), new CardData.OpenDetails("own", 1), new CardData.OpenDetails("section-3", 9_999, "17"),
        new CardData.OpenForm("keep:A"), new CardData.OpenForm("keep:A", "17"),
    ];

    [Fact]
    public void What_is_written_is_read() => Assert.All(s_all, data => Assert.Equal(data, CardData.ReadSubmit(AdaptiveCardChecks.Element(data.ForSubmit()))));

    [Fact]
    public void A_dialog_is_opened_from_a_message_and_changed_from_within()
    {
        Assert.Equal("""{"dialog":"details","part":"own","page":1,"msteams":{"type":"task/fetch"}}""", new CardData.OpenDetails("own", 1).ForSubmit().ToJsonString());
        Assert.Equal("""{"dialog":"details","part":"own","page":2,"on":"17"}""", new CardData.OpenDetails("own", 2, "17").ForSubmit().ToJsonString());
        Assert.Equal("""{"dialog":"form","choice":"keep:A","msteams":{"type":"task/fetch"}}""", new CardData.OpenForm("keep:A").ForSubmit().ToJsonString());
        Assert.Equal("""{"verb":"press","choice":"approve:A","stamp":"s1","on":"17"}""", new CardData.Press("approve:A", "s1", "17").ForSubmit().ToJsonString());
    }

    [Fact]
    public void A_field_of_any_name_comes_back_and_takes_the_place_of_nothing()
    {
        var data = new CardData.SubmitForm("keep:A", "s1", "17", ImmutableDictionary<string, string>.Empty).ForSubmit();
        foreach (var field in new[] { "reason", "choice", "on", "verb" }) data[CardData.InputId(field)] = "given";
        data[CardData.InputId("number")] = 3;
        data["reason"] = "no input of ours";
        var read = Assert.IsType<CardData.SubmitForm>(CardData.ReadSubmit(AdaptiveCardChecks.Element(data)));
        Assert.Equal(("keep:A", "s1", "17"), (read.Choice, read.Stamp, read.On));
        Assert.Equal(["choice", "on", "reason", "verb"], read.Inputs.Keys.Order(StringComparer.Ordinal));
        Assert.All(read.Inputs.Values, value => Assert.Equal("given", value));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("3")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"verb":"press"}""")]
    [InlineData("""{"verb":"press","choice":"approve:A"}""")]
    [InlineData("""{"verb":"press","choice":"","stamp":"s"}""")]
    [InlineData("""{"verb":"press","choice":{"a":1},"stamp":"s"}""")]
    [InlineData("""{"verb":"press","choice":"\ud800","stamp":"s"}""")]
    [InlineData("""{"verb":"press","dialog":"form","choice":"approve:A","stamp":"s"}""")]
    [InlineData("""{"verb":"press","choice":"approve:A","stamp":"s","on":3}""")]
    [InlineData("""{"verb":"press","choice":"approve:A","stamp":"s","on":"a b"}""")]
    [InlineData("""{"verb":"submit","choice":"keep:A","stamp":"s"}""")]
    [InlineData("""{"verb":"submit","choice":"keep:A","on":"17"}""")]
    [InlineData("""{"verb":"approve","choice":"approve:A","stamp":"s"}""")]
    [InlineData("""{"dialog":"details","part":"own"}""")]
    [InlineData("""{"dialog":"details","part":"own","page":0}""")]
    [InlineData("""{"dialog":"details","part":"own","page":10000}""")]
    [InlineData("""{"dialog":"details","part":"own","page":1.5}""")]
    [InlineData("""{"dialog":"details","part":"own","page":"1"}""")]
    [InlineData("""{"dialog":"details","part":"12345678901234567890123456789012345678901","page":1}""")]
    [InlineData("""{"dialog":"form"}""")]
    [InlineData("""{"dialog":"other","choice":"keep:A"}""")]
    public void Anything_else_is_nothing(string json)
    {
        Assert.Null(CardData.ReadSubmit(JsonDocument.Parse(json).RootElement));
        Assert.Null(CardData.ReadExecute(JsonDocument.Parse(json).RootElement));
    }

    [Theory]
    [InlineData("""{"verb":"press"}""")]
    [InlineData("""{"verb":"press","data":[]}""")]
    [InlineData("""{"verb":"press","data":{"choice":"approve:A"}}""")]
    [InlineData("""{"verb":"submit","data":{"choice":"keep:A","on":"17"}}""")]
    [InlineData("""{"verb":3,"data":{"choice":"approve:A","stamp":"s"}}""")]
    public void Nor_is_another_action(string json) => Assert.Null(CardData.ReadExecute(JsonDocument.Parse(json).RootElement));
}
