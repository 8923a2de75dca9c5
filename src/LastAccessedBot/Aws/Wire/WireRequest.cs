using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace LastAccessedBot.Aws.Wire;

/// <summary>
/// One call of one operation. Its parameters are text, as most operations here want them, those without a value left out; or it has a body of its own.
/// </summary>
/// <param name="operation">The operation in AWS's words.</param>
/// <param name="changes">Whether it changes the account; a change is sent once.</param>
/// <param name="body">What goes in the place of parameters where these are no texts, for the protocol JSON 1.1; <c>null</c> for all others.</param>
internal sealed class WireRequest(string operation, bool changes, IReadOnlyList<(string Name, string? Value)> parameters, JsonObject? body = null) : AmazonWebServiceRequest
{
    public string Operation { get; } = operation;

    public bool Changes { get; } = changes;

    public JsonObject? Body { get; } = body;

    public IEnumerable<(string Name, string Value)> Parameters { get; } =
        parameters.Where(one => one.Value is not null).Select(one => (one.Name, one.Value!));

    /// <summary>Whether an attempt got as far as the network: before that, a failure changed nothing for certain.</summary>
    public bool Sent { get; set; }
}

/// <summary>The body of an answer, read whole; empty for operations that answer with nothing.</summary>
internal sealed class WireResponse : AmazonWebServiceResponse
{
    public byte[] Body { get; init; } = [];

    /// <summary>When AWS sent it, by its own clock.</summary>
    public DateTimeOffset? Date { get; init; }
}

/// <summary>AWS's answer does not have the form that its documentation gives; <see cref="Exception.Message"/> is a clause.</summary>
internal sealed class UnreadableAnswerException(string message, Exception? inner = null) : Exception(message, inner);
