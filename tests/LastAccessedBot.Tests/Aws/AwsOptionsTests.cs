using LastAccessedBot.Aws;
using LastAccessedBot.Flows;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Tests.Aws;

public sealed class AwsOptionsTests
{
    [Fact]
    public void Without_settings_it_is_the_sandbox_on_this_machine()
    {
        using var services = Services();
        var options = services.GetRequiredService<IOptions<AwsOptions>>().Value;
        Assert.Equal((AwsMode.Sandbox, "http://127.0.0.1:4566", null), (options.Mode, options.EffectiveEndpoint, options.EffectiveCallsPerSecond));
        Assert.NotNull(services.GetRequiredService<IAccountReader>());
        Assert.NotNull(services.GetRequiredService<IAccessReports>());
    }

    [Fact]
    public void Live_means_AWS_itself_the_SDKs_credentials_and_five_calls_a_second()
    {
        using var services = Services("Mode=Live", "Region=eu-central-1");
        var options = services.GetRequiredService<IOptions<AwsOptions>>().Value;
        Assert.Equal((null, null, 5.0), (options.EffectiveEndpoint, options.SandboxCredentials, options.EffectiveCallsPerSecond));
        Assert.NotNull(services.GetRequiredService<IAccountReader>());
    }

    [Theory]
    [InlineData("Aws:Mode is Live and Aws:Endpoint is `http://127.0.0.1:4566`", "Mode=Live", "Endpoint=http://127.0.0.1:4566")]
    [InlineData("Aws:Mode is Live and the settings hold an access key", "Mode=Live", "AccessKeyId=a", "SecretAccessKey=b")]
    [InlineData("Set both Aws:AccessKeyId and Aws:SecretAccessKey", "AccessKeyId=a")]
    [InlineData("Aws:Endpoint is `127.0.0.1:4566`", "Endpoint=127.0.0.1:4566")]
    [InlineData("Aws:Region is `nowhere`", "Region=nowhere")]
    [InlineData("Aws:CallsPerSecond is 0", "CallsPerSecond=0")]
    [InlineData("Aws:ParallelCalls is 0", "ParallelCalls=0")]
    [InlineData("Aws:AccountName is `our account`", "AccountName=our account")]
    [InlineData("set Aws:AccountName too", "Accounts:0:Name=staging", "Accounts:0:Id=222233334444", "Accounts:0:RoleArn=arn:aws:iam::222233334444:role/bot", "Accounts:0:ExternalId=x")]
    [InlineData("Aws:Accounts:0:Name is ``", "AccountName=home", "Accounts:0:Id=222233334444")]
    [InlineData("Aws:Accounts:0:Id is `2222`", "AccountName=home", "Accounts:0:Name=staging", "Accounts:0:Id=2222")]
    [InlineData("Aws:Accounts:0:RoleArn is `bot`", "AccountName=home", "Accounts:0:RoleArn=bot")]
    [InlineData("Aws:Accounts:0:RoleArn is of account `333344445555`", "AccountName=home", "Accounts:0:Id=222233334444", "Accounts:0:RoleArn=arn:aws:iam::333344445555:role/bot")]
    [InlineData("Aws:Accounts:0:ExternalId is missing", "AccountName=home", "Accounts:0:Name=staging")]
    [InlineData("Two accounts are called `Home`", "AccountName=home", "Accounts:0:Name=Home")]
    public void Settings_that_cannot_be_meant_are_told_in_a_sentence(string sentence, params string[] settings)
    {
        using var services = Services(settings);
        var invalid = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<AwsOptions>>().Value);
        Assert.Contains(sentence, invalid.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(params string[] settings) => new ServiceCollection()
        .AddAws(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2))
            .Select(parts => KeyValuePair.Create($"Aws:{parts[0]}", (string?)parts[1]))).Build())
        .BuildServiceProvider();
}
