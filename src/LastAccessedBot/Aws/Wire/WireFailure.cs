using System.Net;
using System.Net.Http;
using Amazon.Runtime;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Aws.Wire;

/// <summary>Tells what a failed call means to those who asked for it.</summary>
internal static class WireFailure
{
    /// <summary>The failure that <paramref name="exception"/> of a call means.</summary>
    /// <param name="throttled">Whether AWS turned the call away for its rate; then it did nothing, whatever the status.</param>
    public static AwsFailureException Of(string operation, WireRequest request, Exception exception, bool throttled)
    {
        var answer = exception as AmazonServiceException;
        var refused = answer is { ErrorCode.Length: > 0 } && ((int)answer.StatusCode is >= 400 and < 500 || throttled);
        if (refused || (!request.Changes && answer is { ErrorCode.Length: > 0 }))
            return new AwsRefusedException(operation, answer!.ErrorCode, answer.Message, answer.RequestId, answer.StatusCode, exception);

        var why = Why(exception);
        return request.Changes && request.Sent && !NeverConnected(exception)
            ? new OutcomeUnknownException(operation, why, exception)
            : new AwsUnreachableException(operation, $"{operation} got no usable answer: {why}", exception);
    }

    /// <summary>The same for a question that went another way than through <see cref="WireClient"/>.</summary>
    public static AwsFailureException OfRead(string operation, Exception exception) =>
        Of(operation, new WireRequest(operation, changes: false, []), exception, throttled: false);

    private static string Why(Exception exception) => exception switch
    {
        AmazonServiceException { ErrorCode.Length: > 0 } answer => $"AWS answered {(int)answer.StatusCode} {answer.ErrorCode}",
        UnreadableAnswerException unreadable => $"AWS's answer could not be read: {unreadable.Message}",
        AmazonUnmarshallingException => "AWS's answer could not be read",
        AmazonServiceException { StatusCode: >= HttpStatusCode.BadRequest } answer => $"the answer was HTTP {(int)answer.StatusCode}",
        // The SDK's words go through every provider of its chain, over several lines; they stay in the inner exception.
        AmazonClientException client when client.Message.StartsWith("Failed to resolve AWS credentials", StringComparison.Ordinal) =>
            "no AWS credentials were found in the environment, a profile or a role",
        AmazonClientException client => client.Message,
        TimeoutException or OperationCanceledException => "no answer came in time",
        _ => Innermost(exception).Message,
    };

    // Name resolution, connecting and TLS come before the first byte of a request: nothing was sent.
    private static bool NeverConnected(Exception? exception) => exception switch
    {
        null => false,
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
        } => true,
        _ => NeverConnected(exception.InnerException),
    };

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;
}
