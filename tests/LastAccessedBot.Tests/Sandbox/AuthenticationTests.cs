namespace LastAccessedBot.Tests.Sandbox;

public sealed class AuthenticationTests : SandboxFixture
{
    [Fact]
    public async Task A_signed_call_knows_its_caller() =>
        Assert.Equal("arn:aws:iam::123456789012:user/service/last-accessed-bot", (await Aws.Sts("GetCallerIdentity")).Text("Arn"));

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        using var stranger = As("sandbox", secret: "guessed");
        var answer = await stranger.Iam("ListUsers");
        Assert.Equal((403, "SignatureDoesNotMatch"), (answer.Status, answer.Code));
        Assert.NotNull(answer.Text("RequestId"));
    }

    [Fact]
    public async Task An_unknown_key_is_refused()
    {
        using var stranger = As("nobody");
        var answer = await stranger.Iam("ListUsers");
        Assert.Equal((403, "InvalidClientTokenId"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task An_unsigned_call_is_refused()
    {
        using var request = Aws.Form("iam", "2010-05-08", "ListUsers");
        request.Headers.Remove("Authorization");
        var answer = await Aws.Send(request);
        Assert.Equal((403, "MissingAuthenticationToken"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_body_that_was_changed_after_signing_is_refused()
    {
        using var request = Aws.Form("iam", "2010-05-08", "DeleteUser", ("UserName", "richard-roe"));
        request.Content = new StringContent("Action=DeleteUser&Version=2010-05-08&UserName=nikhilj");
        Assert.Equal("SignatureDoesNotMatch", (await Aws.Send(request)).Code);
    }

    [Fact]
    public async Task A_call_signed_a_quarter_of_an_hour_ago_has_expired()
    {
        using var request = Aws.Form("iam", "2010-05-08", "ListUsers");
        Time.Advance(TimeSpan.FromMinutes(16));
        var answer = await Aws.Send(request);
        Assert.Equal((403, "RequestExpired"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task An_assumed_role_acts_until_its_session_ends()
    {
        var assumed = await Aws.Sts("AssumeRole", ("RoleArn", "arn:aws:iam::123456789012:role/break-glass"), ("RoleSessionName", "night"));
        using var session = As(assumed.Text("AccessKeyId")!, assumed.Text("SecretAccessKey"), assumed.Text("SessionToken"));
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/break-glass/night", (await session.Sts("GetCallerIdentity")).Text("Arn"));
        Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("ExpiredToken", (await session.Sts("GetCallerIdentity")).Code);
    }

    [Fact]
    public async Task A_session_without_its_token_is_nobody()
    {
        var assumed = await Aws.Sts("AssumeRole", ("RoleArn", "arn:aws:iam::123456789012:role/break-glass"), ("RoleSessionName", "night"));
        using var session = As(assumed.Text("AccessKeyId")!, assumed.Text("SecretAccessKey"));
        Assert.Equal("InvalidClientTokenId", (await session.Sts("GetCallerIdentity")).Code);
    }

    [Fact]
    public async Task Of_a_field_that_stands_twice_in_the_header_the_first_one_counts()
    {
        using var request = Aws.Form("iam", "2010-05-08", "ListUsers");
        var authorization = request.Headers.GetValues("Authorization").Single();
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", authorization + ", Signature=0");
        Assert.Equal(200, (await Aws.Send(request)).Status);
    }
}
