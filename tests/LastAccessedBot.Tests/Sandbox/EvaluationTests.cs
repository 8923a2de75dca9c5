using LastAccessedBot.Sandbox.Evaluation;

namespace LastAccessedBot.Tests.Sandbox;

public sealed class EvaluationTests
{
    [Theory]
    [InlineData("s3:GetObject", "s3:GetObject", true)]
    [InlineData("S3:getobject", "s3:GetObject", true)]
    [InlineData("s3:Get*", "s3:GetObject", true)]
    [InlineData("s3:*Object", "s3:GetObject", true)]
    [InlineData("s3:Get?bject", "s3:GetObject", true)]
    [InlineData("s3:Get?Object", "s3:GetObject", false)]
    [InlineData("s3:Get*", "s3:PutObject", false)]
    [InlineData("s3:*", "s3-outposts:GetObject", false)]
    [InlineData("*", "s3:GetObject", true)]
    [InlineData("*:*", "s3:GetObject", true)]
    public void An_action_is_named_by_a_pattern(string pattern, string action, bool named) =>
        Assert.Equal(named, PolicyEvaluator.Allows(Allow($"\"Action\":\"{pattern}\""), action));

    [Fact]
    public void NotAction_names_everything_else()
    {
        var document = Allow("""
            "NotAction":["iam:*","organizations:*"]
            """);
        Assert.True(PolicyEvaluator.Allows(document, "s3:GetObject"));
        Assert.False(PolicyEvaluator.Allows(document, "iam:GetUser"));
    }

    [Fact]
    public void Each_effect_is_told_by_itself_and_a_Deny_wins_in_the_document()
    {
        const string Both = """{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}""";
        Assert.True(PolicyEvaluator.Allows(Both, "s3:GetObject"));
        Assert.True(PolicyEvaluator.Denies(Both, "s3:GetObject"));
        Assert.False(PolicyEvaluator.Denies(Both, "ec2:RunInstances"));
        Assert.False(Document.Parse(Both).Allows("s3:GetObject"));
        Assert.False(Document.Parse(Both).GrantsService("s3"));
        Assert.True(Document.Parse(Both).GrantsService("ec2"));
    }

    [Fact]
    public void A_Deny_with_a_condition_or_a_resource_leaves_something()
    {
        const string Narrow = """{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::secret/*"}]}""";
        Assert.True(Document.Parse(Narrow).GrantsService("s3"));
        Assert.False(Document.Parse(Narrow).Allows("s3:GetObject", "arn:aws:s3:::secret/plan"));
        Assert.True(Document.Parse(Narrow).Allows("s3:GetObject", "arn:aws:s3:::open/plan"));
    }

    [Theory]
    [InlineData("\"Action\":\"s3:Get*\"", "s3", true)]
    [InlineData("\"Action\":\"s3:Get*\"", "ec2", false)]
    [InlineData("\"Action\":\"*\"", "ec2", true)]
    [InlineData("\"NotAction\":\"s3:*\"", "s3", false)]
    [InlineData("\"NotAction\":\"s3:Get*\"", "s3", true)]
    public void A_service_is_granted_when_any_action_of_it_is(string actions, string service, bool granted) =>
        Assert.Equal(granted, Document.Parse(Allow(actions)).GrantsService(service));

    [Fact]
    public void Allowing_statements_are_told_by_where_they_hold_however_that_is_spelled()
    {
        const string One = """{"Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":["b","a"],"Condition":{"Bool":{"x":["true"]}}},{"Effect":"Allow","Action":"ec2:*","Resource":"*"}]}""";
        const string Other = """{"Statement":{"Condition":{"Bool":{"x":"true"}},"Resource":["a","b"],"Action":"s3:Get*","Effect":"Allow"}}""";
        Assert.Equal(PolicyEvaluator.AllowingStatements(One, "s3:GetObject"), PolicyEvaluator.AllowingStatements(Other, "s3:GetObject"));
        Assert.NotEqual(PolicyEvaluator.AllowingStatements(One, "ec2:RunInstances"), PolicyEvaluator.AllowingStatements(One, "s3:GetObject"));
        Assert.Empty(PolicyEvaluator.AllowingStatements(Other, "s3:PutObject"));
    }

    private static string Allow(string actions) => """{"Version":"2012-10-17","Statement":{"Effect":"Allow",""" + actions.Trim() + ""","Resource":"*"}}""";
}
