using System.Text;
using LastAccessedBot.Sandbox.Faults;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Reports;
using Microsoft.AspNetCore.Http;

namespace LastAccessedBot.Sandbox.Wire;

/// <summary><c>POST</c>: authenticates, lets the faults strike, runs the operation under the account's lock, answers.</summary>
internal sealed class AwsEndpoint(SandboxAccount account, SandboxFaults faults, CallLog calls, ReportJobs jobs, int? pageSize, TimeProvider time)
{
    private readonly SessionStore sessions = new();
    private readonly Markers markers = new();

    public async Task Answer(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        if (faults.Settings.LatencyMilliseconds is > 0 and var latency)
            await Task.Delay(TimeSpan.FromMilliseconds(latency), time, http.RequestAborted);

        var protocol = WireProtocol.Of(http.Request);
        var requestId = Guid.NewGuid().ToString();
        http.Response.ContentType = protocol.ContentType;
        http.Response.Headers.Date = account.Now.ToString("r");
        http.Response.Headers["x-amzn-RequestId"] = requestId;
        string answer;
        try
        {
            var (body, lost) = await Run(protocol, http.Request, buffer.ToArray(), requestId);
            if (lost)
            {
                http.Abort();
                return;
            }

            answer = body;
        }
        catch (CallDroppedException)
        {
            http.Abort();
            return;
        }
        catch (AwsException error)
        {
            (http.Response.StatusCode, answer) = protocol.WriteError(error, requestId);
            if (protocol.ErrorType(error) is { } type)
                http.Response.Headers["x-amzn-ErrorType"] = type;
        }

        await http.Response.WriteAsync(answer, Encoding.UTF8, http.RequestAborted);
    }

    private async Task<(string Body, bool Lost)> Run(WireProtocol protocol, HttpRequest request, byte[] body, string requestId)
    {
        var signed = SignedRequest.Read(request, body);
        var caller = new Authenticator(account, sessions).Authenticate(signed);
        var call = protocol.Read(request, body, signed!.Service);
        await Watch(CallPhase.Arrived);
        try
        {
            faults.Strike(call, caller);
            var answer = call.Writes ? account.Change(RunAndLog) : account.Read(RunAndLog);
            await Watch(CallPhase.CarriedOut);
            return answer;
        }
        catch (AwsException error)
        {
            calls.Add(call, caller, error.Code);
            throw;
        }

        Task Watch(CallPhase phase) => faults.Watcher?.Invoke(new WatchedCall(call.Action, call.Writes, call.Parameters, phase)) ?? Task.CompletedTask;

        // Logged under the account's lock, so that the log has the order in which things happened.
        (string Body, bool Lost) RunAndLog(AccountState state)
        {
            var settings = faults.Settings;
            var paging = new Paging(markers, pageSize, settings.EmptyFirstPage);
            var answer = call.Run(new ServiceCall(state.Of(caller.AccountId), state, account.LoadedAt, account.Now, caller, paging, jobs, sessions, settings, signed.Region), requestId);
            var lost = faults.LosesResponse(call.Action);
            calls.Add(call, caller, lost ? "OK, response lost" : "OK");
            return (answer, lost);
        }
    }
}
