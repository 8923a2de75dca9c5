using System.Globalization;
using System.Net;
using Amazon.Runtime;

namespace LastAccessedBot.Aws.Wire;

internal static class WireBody
{
    // The length header is no guide: it is 0 for chunked answers, and changes answer with nothing at all.
    public static byte[] ReadWhole(Stream stream)
    {
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        return whole.ToArray();
    }

    /// <summary>When AWS sent an answer, by its own clock; null where it does not say.</summary>
    public static DateTimeOffset? DateOf(Amazon.Runtime.Internal.Transform.IWebResponseData? answer) =>
        answer?.IsHeaderPresent("Date") == true && DateTimeOffset.TryParseExact(answer.GetHeaderValue("Date"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    /// <summary>The exception that the SDK's retry policy takes for an answer damaged on its way.</summary>
    public static AmazonUnmarshallingException Unreadable(Exception cause) =>
        new(requestId: null, lastKnownLocation: null, responseBody: null, cause, HttpStatusCode.OK);
}
