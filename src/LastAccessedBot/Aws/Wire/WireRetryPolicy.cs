using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace LastAccessedBot.Aws.Wire;

/// <summary>
/// The SDK's adaptive mode for reads. A change goes again only when AWS said that it was throttled, and so certainly did nothing: after a
/// time-out, a broken connection or a 5xx nobody knows, and a second send could undo what somebody did in between.
/// </summary>
internal sealed class WireRetryPolicy(WireConfig config) : AdaptiveRetryPolicy(config)
{
    public override Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception)
    {
        var request = executionContext.RequestContext.OriginalRequest as WireRequest;
        var isThrottled = IsThrottlingError(exception);
        if (isThrottled && request is not null)
        {
            Flows.Measures.AwsThrottled($"{config.ServiceId}.{request.Operation}");
            config.Troubles?.Throttled(Flows.Troubles.Aws, $"{config.ServiceId}.{request.Operation}");
        }
        return request is { Changes: true } ? Task.FromResult(isThrottled) : base.RetryForExceptionAsync(executionContext, exception);
    }

    // In IAM LimitExceeded is a quota: the sixth version of a policy stays one too many however often it is sent.
    public override bool IsThrottlingError(Exception exception) =>
        exception is not AmazonServiceException { ErrorCode: "LimitExceeded" or "LimitExceededException" } && base.IsThrottlingError(exception);
}
