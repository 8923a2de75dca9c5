using System.Diagnostics;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace LastAccessedBot.Aws.Wire;

/// <summary>
/// Calls one service's operations through the SDK's own pipeline: credentials, signature, retries, clock correction. Keep one per account
/// and credential: the adaptive retry mode learns the service's limits per client.
/// </summary>
internal sealed class WireClient : AmazonServiceClient
{
    private static readonly ActivitySource Spans = new(AwsServices.ActivitySourceName);

    private readonly AwsService service;
    private readonly CallBudget budget;
    private readonly InvokeOptions protocol;
    private readonly Flows.Troubles? troubles;
    private WireRetryPolicy retries = null!;

    public WireClient(AwsService service, AwsOptions options, CallBudget budget)
        : this(service, options, budget, options.SandboxCredentials)
    {
    }

    /// <param name="credentials"><c>null</c>: those of the SDK's chain.</param>
    /// <param name="troubles">Who remembers what went wrong; null for nobody.</param>
    public WireClient(AwsService service, AwsOptions options, CallBudget budget, AWSCredentials? credentials, Flows.Troubles? troubles = null)
        : this(service, options, budget, credentials, options.Region, troubles)
    {
    }

    /// <param name="region">Where to ask, for a service that answers in every region by itself.</param>
    /// <inheritdoc cref="WireClient(AwsService, AwsOptions, CallBudget, AWSCredentials, Flows.Troubles)" path="/param[@name='troubles']"/>
    public WireClient(AwsService service, AwsOptions options, CallBudget budget, AWSCredentials? credentials, string region, Flows.Troubles? troubles)
        : base(credentials, new WireConfig(service, options, region) { Troubles = troubles })
    {
        this.service = service;
        this.budget = budget;
        this.troubles = troubles;
        protocol = service switch
        {
            { Paths: not null } => new InvokeOptions { RequestMarshaller = new RestJsonMarshaller(service), ResponseUnmarshaller = new JsonUnmarshaller() },
            { TargetPrefix: not null } => new InvokeOptions { RequestMarshaller = new JsonMarshaller(service), ResponseUnmarshaller = new JsonUnmarshaller() },
            _ => new InvokeOptions { RequestMarshaller = new QueryMarshaller(service), ResponseUnmarshaller = new QueryUnmarshaller() },
        };
    }

    protected override IServiceMetadata ServiceMetadata { get; } = new Metadata();

    /// <summary>Asks; repeats throttled, timed-out and failed attempts.</summary>
    /// <param name="read">Reads the body of the answer; throws <see cref="UnreadableAnswerException"/> when it can't.</param>
    /// <exception cref="Flows.AwsFailureException">Refused or unreachable.</exception>
    public Task<T> ReadAsync<T>(string operation, IReadOnlyList<(string, string?)> parameters, Func<byte[], T> read, CancellationToken ct) =>
        CallAsync(new WireRequest(operation, changes: false, parameters), read, ct);

    /// <summary>The same with a body in the place of parameters.</summary>
    public Task<T> ReadAsync<T>(string operation, JsonObject body, Func<byte[], T> read, CancellationToken ct) =>
        CallAsync(new WireRequest(operation, changes: false, [], body), read, ct);

    /// <summary>Changes; is sent once, and again only when AWS said that it was throttled.</summary>
    /// <param name="read">Reads the body of the answer; throws <see cref="UnreadableAnswerException"/> when it can't.</param>
    /// <exception cref="Flows.AwsFailureException">Refused, never sent, or sent with an unknown outcome.</exception>
    public Task<T> ChangeAsync<T>(string operation, IReadOnlyList<(string, string?)> parameters, Func<byte[], T> read, CancellationToken ct) =>
        CallAsync(new WireRequest(operation, changes: true, parameters), read, ct);

    // Runs within the base constructor, before this class's own.
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        retries = new WireRetryPolicy((WireConfig)Config);
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Handler());
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(retries));
        pipeline.AddHandlerAfter<Unmarshaller>(new SentHandler());
    }

    private async Task<T> CallAsync<T>(WireRequest request, Func<byte[], T> read, CancellationToken ct)
    {
        var name = $"{service.Id}.{request.Operation}";
        using var place = await budget.TakeAsync(ct);
        using var span = Spans.StartActivity(name, ActivityKind.Client);
        span?.SetTag("rpc.system", "aws-api").SetTag("rpc.service", service.Id).SetTag("rpc.method", request.Operation);
        try
        {
            var response = await InvokeAsync<WireResponse>(request, protocol, ct);
            span?.SetTag("aws.request_id", response.ResponseMetadata?.RequestId);
            Flows.Measures.AwsCalled(name, "ok");
            Note(name, null, response.Date);
            if (request.Changes) RequestIds.Add(response.ResponseMetadata?.RequestId);
            return read(response.Body);
        }
        catch (Exception exception)
        {
            ct.ThrowIfCancellationRequested();
            // Credentials that could not be had are a failure of their own call, and this one was never sent.
            var failure = exception as Flows.AwsFailureException ?? WireFailure.Of(name, request, exception, retries.IsThrottlingError(exception));
            var what = (failure as Flows.AwsRefusedException)?.Code ?? failure.GetType().Name;
            span?.SetStatus(ActivityStatusCode.Error, failure.Message).SetTag("error.type", what);
            Flows.Measures.AwsCalled(name, what);
            Note(name, failure as Flows.AwsRefusedException, WireBody.DateOf(((exception as AmazonServiceException)?.InnerException as Amazon.Runtime.Internal.HttpErrorResponseException)?.Response));
            throw failure;
        }
    }

    private void Note(string name, Flows.AwsRefusedException? refused, DateTimeOffset? date)
    {
        if (date is { } told) troubles?.Dated(told);
        if (refused is { IsDenied: true }) troubles?.Denied(refused);
        else if (date is not null) troubles?.Allowed(name);
    }

    private sealed class Metadata : IServiceMetadata
    {
        public string ServiceId => "LastAccessedBot";

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }
}
