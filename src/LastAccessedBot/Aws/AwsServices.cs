using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Flows;
using LastAccessedBot.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Aws;

public static class AwsServices
{
    /// <summary>Where the spans of calls to AWS come from: <c>IAM.GetPolicy</c>, <c>Organizations.ListRoots</c> …</summary>
    public const string ActivitySourceName = "LastAccessedBot.Aws";

    /// <summary>
    /// Adds the account's readers and the clients beneath them, as section <c>Aws</c> of the settings says. Settings that cannot be meant
    /// stop the host's start with an <see cref="OptionsValidationException"/>.
    /// </summary>
    public static IServiceCollection AddAws(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AwsOptions>().Bind(configuration.GetSection(AwsOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AwsOptions>, AwsOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Troubles>();
        services.AddSingleton(provider => new IamClient(Client(provider, AwsService.Iam, Options(provider).SandboxCredentials)));
        services.AddSingleton<ManagementCredentials>();
        services.AddSingleton(provider => new OrganizationsClient(Client(provider, AwsService.Organizations, provider.GetRequiredService<ManagementCredentials>().Value)));
        services.AddSingleton<IAmazonSecurityTokenService>(provider => SecurityToken(Options(provider), Options(provider).SandboxCredentials));
        services.AddSingleton(provider => new AccessAnalyzerClient(Client(provider, AwsService.AccessAnalyzer, Options(provider).SandboxCredentials)));
        services.AddSingleton<CredentialReader>();
        services.AddSingleton<IAccountReader, AccountReader>();
        services.AddCheckup<AwsCheckup>("aws");
        services.AddSingleton<ICheckup, AwsActionsCheckup>();
        services.AddSingleton<IAccessReports, AccessReports>();
        services.AddSingleton<OrganizationEditor>();
        services.AddSingleton<IAccountEditor, AccountEditor>();
        services.AddSingleton<IPolicyAnalyzer, PolicyAnalyzer>();
        services.AddSingleton(provider => new TrailClients([.. Trails(Options(provider), Options(provider).SandboxCredentials, provider.GetRequiredService<Troubles>())]));
        services.AddSingleton<ITrailReader, TrailReader>();
        services.AddSingleton<IAccounts>(provider => new Accounts(
            provider.GetRequiredService<IOptions<AwsOptions>>(),
            new AccountDoors(
                provider.GetRequiredService<IAccountReader>(), provider.GetRequiredService<IAccessReports>(), provider.GetRequiredService<IAccountEditor>(),
                provider.GetRequiredService<ITrailReader>(), provider.GetRequiredService<IPolicyAnalyzer>()),
            (account, setting) => Doors(provider, account, setting)));
        services.AddSingleton<IOrganizationReader, OrganizationReader>();
        services.AddSingleton<IOrganizationReports>(provider => new OrganizationReports(
            new IamClient(Client(provider, AwsService.Iam, provider.GetRequiredService<ManagementCredentials>().Value)),
            provider.GetRequiredService<IOptions<AwsOptions>>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    // The clients of a further account are its own, and so is their budget: AWS's limits are per account.
    private static AccountDoors Doors(IServiceProvider provider, MemberAccountOptions account, string setting)
    {
        var options = provider.GetRequiredService<IOptions<AwsOptions>>();
        var time = provider.GetRequiredService<TimeProvider>();
        var role = new AssumedRole(
            provider.GetRequiredService<IAmazonSecurityTokenService>(), account.RoleArn, account.ExternalId,
            $"let the role `{account.RoleArn}` of account `{account.Name}` trust the bot's role with the external id of `{setting}:ExternalId`, and let the bot's role assume it (`MemberRoleArns` of `reader.yaml`), then retry");
        var iam = new IamClient(Client(provider, AwsService.Iam, role));
        var credentials = new CredentialReader(iam);
        var reader = new AccountReader(iam, credentials, SecurityToken(options.Value, role));
        return new AccountDoors(
            reader, new AccessReports(iam, options, time), new AccountEditor(iam, reader, credentials, provider.GetRequiredService<OrganizationEditor>()),
            new TrailReader(new TrailClients([.. Trails(options.Value, role, provider.GetRequiredService<Troubles>())]), options, time),
            new PolicyAnalyzer(new AccessAnalyzerClient(Client(provider, AwsService.AccessAnalyzer, role))));
    }

    // One for each service and credential: the adaptive retry mode learns the limits of an account.
    private static WireClient Client(IServiceProvider provider, AwsService service, AWSCredentials? credentials)
    {
        var options = Options(provider);
        return new WireClient(service, options, new CallBudget(options.EffectiveCallsPerSecond, options.ParallelCalls), credentials, provider.GetRequiredService<Troubles>());
    }

    // AWS answers two lookups a second in each region, whoever asks.
    private static IEnumerable<CloudTrailClient> Trails(AwsOptions options, AWSCredentials? credentials, Troubles troubles) => options.CloudTrail.RegionsOr(options.Region).Select(region => new CloudTrailClient(
        new WireClient(AwsService.CloudTrail, options, new CallBudget(options.Mode == AwsMode.Live ? 2 : null, 1), credentials, region, troubles)));

    private static AwsOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<AwsOptions>>().Value;

    private static AmazonSecurityTokenServiceClient SecurityToken(AwsOptions options, AWSCredentials? credentials)
    {
        var config = new AmazonSecurityTokenServiceConfig { IgnoreConfiguredEndpointUrls = true, Timeout = options.RequestTimeout };
        if (options.EffectiveEndpoint is { } endpoint)
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = options.Region;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }
        return credentials is not null
            ? new AmazonSecurityTokenServiceClient(credentials, config)
            : new AmazonSecurityTokenServiceClient(config);
    }
}
