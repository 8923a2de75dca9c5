using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Tests.Policies;

namespace LastAccessedBot.Core.Tests.Explanations;

public sealed class StatementsOnTests
{
    [Theory]
    [InlineData("\"Action\":\"s3:*\"", "s3:*", true)]
    [InlineData("\"Action\":[\"S3:Get*\",\"ec2:*\",\"s3:List?ucket\"]", "S3:Get*, s3:List?ucket", false)]
    [InlineData("\"Action\":\"*\"", "*", true)]
    [InlineData("\"Action\":[\"ec2:*\",\"*:*\"]", "*:*", true)]
    [InlineData("\"NotAction\":[\"iam:*\",\"organizations:*\"]", "", true)]
    [InlineData("\"NotAction\":[\"iam:*\",\"s3:Delete*\"]", "s3:Delete*", false)]
    [InlineData("\"Action\":\"s3-object-lambda:*\"", null, false)]
    [InlineData("\"NotAction\":\"s3:*\"", null, false)]
    [InlineData("\"NotAction\":\"*\"", null, false)]
    public void A_statement_on_a_service_is_told_with_the_actions_that_touch_it(string actions, string? touching, bool isWhole)
    {
        var found = On(actions + ",\"Resource\":\"*\"");
        Assert.Equal(touching, found is null ? null : string.Join(", ", found.Actions));
        Assert.Equal(isWhole, found?.IsWhole ?? false);
    }

    [Theory]
    [InlineData("\"Resource\":\"*\"", false, false)]
    [InlineData("\"Resource\":[\"arn:aws:s3:::a\",\"*\"]", false, false)]
    [InlineData("\"Resource\":\"arn:aws:s3:::a\"", true, false)]
    [InlineData("\"NotResource\":\"arn:aws:s3:::a\"", true, false)]
    [InlineData("\"Resource\":\"*\",\"Condition\":{}", false, false)]
    [InlineData("\"Resource\":\"*\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":true}}", false, true)]
    [InlineData("\"resource\":\"arn:aws:s3:::a\",\"condition\":{\"Bool\":{\"aws:SecureTransport\":true}}", true, true)]
    public void What_limits_a_statement_is_told(string rest, bool someResources, bool condition)
    {
        var found = On("\"Action\":\"s3:*\"," + rest);
        Assert.Equal((someResources, condition), (found!.OnSomeResources, found.UnderCondition));
        Assert.Equal(!someResources && !condition, found.HoldsEverywhere);
    }

    [Fact]
    public void Statements_keep_their_number_their_name_and_their_text()
    {
        var document = Policy.Read("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"},{"Sid":"Never","Effect":"Deny","Action":"s3:Put*","Resource":"*"}]}""");
        var found = Assert.Single(document.StatementsOn(Policy.Service("s3")));
        Assert.Equal((2, "Never", false), (found.Number, found.Sid, found.IsAllow));
        Assert.Contains("\"Action\": \"s3:Put*\"", found.Text);
        Assert.DoesNotContain("ec2", found.Text);
    }

    private static ServiceStatement? On(string rest) =>
        Policy.Read($$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow",{{{rest}}}}}""").StatementsOn(Policy.Service("s3")).SingleOrDefault();
}
