using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace LastAccessedBot.Aws.Wire;

/// <summary>Chooses Signature Version 4; the pipeline has no signer without such a handler.</summary>
internal sealed class SigV4Handler : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
}

/// <summary>Stands last before the network and notes that the request got there.</summary>
internal sealed class SentHandler : PipelineHandler
{
    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        if (executionContext.RequestContext.OriginalRequest is WireRequest request) request.Sent = true;
        return base.InvokeAsync<T>(executionContext);
    }
}
