using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace LastAccessedBot.Aws.Wire;

/// <summary>What the SDK's pipeline wants to know about a service.</summary>
internal sealed class WireConfig : ClientConfig
{
    private readonly AwsService service;
    private readonly string url;

    public WireConfig(AwsService service, AwsOptions options, string asked)
        : base(new DefaultConfigurationProvider([new DefaultConfiguration { Name = DefaultConfigurationMode.Standard }]))
    {
        this.service = service;
        var (awsUrl, region) = Partition.Of(asked)!.EndpointOf(service, asked);
        url = options.EffectiveEndpoint ?? awsUrl;
        ServiceId = service.Id;
        AuthenticationServiceName = service.SigningName;
        // ServiceURL and RegionEndpoint erase each other; the region of the signature must be told apart from both.
        ServiceURL = url;
        AuthenticationRegion = region;
        // One place decides what the bot talks to: section Aws, not AWS_ENDPOINT_URL of the shell it was started from.
        IgnoreConfiguredEndpointUrls = true;
        RetryMode = RequestRetryMode.Adaptive;
        // IAM throttles hard and its buckets are shared with everybody else in the account: two retries, the default, are soon spent.
        MaxErrorRetry = 4;
        // These retries, up to 10, would pass by the retry policy and send a change again.
        MaxStaleConnectionRetries = 0;
        Timeout = options.RequestTimeout;
    }

    /// <summary>Who remembers throttles, refusals and dates; null for nobody.</summary>
    public Flows.Troubles? Troubles { get; init; }

    public override string ServiceVersion => service.ApiVersion;

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("LastAccessedBot", "1.0");

    public override string RegionEndpointServiceName => service.SigningName;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => new(url);
}
