using Amazon.Runtime;

namespace LastAccessedBot.Aws.Wire;

/// <summary>
/// One call of one operation. All parameters are text, as both protocols' operations here want them; those without a value are left out.
/// </summary>
/// <param name="operation">The operation in AWS's words.</param>
/// <param name="changes">Whether it changes the account; a change is sent once.</param>
internal sealed class WireRequest(string operation, bool changes, IReadOnlyList<(string Name, string? Value)> parameters) : AmazonWebServiceRequest
{
    public string Operation { get; } = operation;

    public bool Changes { get; } = changes;

    public IEnumerable<(string Name, string Value)> Parameters { get; } =
        parameters.Where(one => one.Value is not null).Select(one => (one.Name, one.Value!));

    /// <summary>Whether an attempt got as far as the network: before that, a failure changed nothing for certain.</summary>
    public bool Sent { get; set; }
}

/// <summary>The body of an answer, read whole; empty for operations that answer with nothing.</summary>
internal sealed class WireResponse : AmazonWebServiceResponse
{
    public byte[] Body { get; init; } = [];
}

/// <summary>AWS's answer does not have the form that its documentation gives; <see cref="Exception.Message"/> is a clause.</summary>
internal sealed class UnreadableAnswerException(string message, Exception? inner = null) : Exception(message, inner);
