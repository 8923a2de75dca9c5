using System.Collections.Concurrent;
using System.Text;
using LastAccessedBot.Aws;
using LastAccessedBot.Aws.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Tests.Aws;

/// <summary>A server on loopback that answers each call the way a test says, and remembers the calls.</summary>
internal sealed class ScriptedAws : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Call> calls = new();

    private ScriptedAws(WebApplication app) => this.app = app;

    public IReadOnlyList<Call> Calls => [.. calls];

    public AwsOptions Options { get; } = new() { RequestTimeout = TimeSpan.FromSeconds(5) };

    public IamClient Iam => new(new WireClient(AwsService.Iam, Options, new CallBudget(null, 8)));

    public OrganizationsClient Organizations => new(new WireClient(AwsService.Organizations, Options, new CallBudget(null, 8)));

    public AccessAnalyzerClient AccessAnalyzer => new(new WireClient(AwsService.AccessAnalyzer, Options, new CallBudget(null, 8)));

    public AccessReports Reports(TimeProvider? clock = null) =>
        new(Iam, Microsoft.Extensions.Options.Options.Create(Options), clock ?? TimeProvider.System);

    /// <param name="answer">Gets each call with its number, from 0.</param>
    public static async Task<ScriptedAws> StartAsync(Func<Call, Answer> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var aws = new ScriptedAws(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var call = new Call(aws.calls.Count, context.Request.Headers["X-Amz-Target"], await reader.ReadToEndAsync(), context.Request.Path + context.Request.QueryString);
            aws.calls.Enqueue(call);
            await answer(call).WriteAsync(context);
        });
        await app.StartAsync();
        aws.Options.Endpoint = app.Urls.Single();
        return aws;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <param name="Address">The path and what follows it.</param>
internal sealed record Call(int Number, string? Target, string Body, string Address)
{
    public string? this[string parameter] => System.Web.HttpUtility.ParseQueryString(Body)[parameter];

    public string Operation => Target?.Split('.')[1] ?? this["Action"]!;
}

internal sealed record Answer(int Status, string Body)
{
    public const string RequestId = "b25f48e8-84fd-11e6-80d9-574e0c4664cb";

    private string? ErrorType { get; init; }

    private bool Aborts { get; init; }

    private bool CutOff { get; init; }

    private bool Stalls { get; init; }

    /// <summary>The connection breaks instead of an answer.</summary>
    public static Answer Lost { get; } = new(0, "") { Aborts = true };

    /// <summary>No answer comes.</summary>
    public static Answer Silence { get; } = new(0, "") { Stalls = true };

    public static Answer Of(Call call, string result) => new(200,
        $"""<{call.Operation}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><{call.Operation}Result>{result}</{call.Operation}Result><ResponseMetadata><RequestId>{RequestId}</RequestId></ResponseMetadata></{call.Operation}Response>""");

    public static Answer Json(string body) => new(200, body);

    /// <summary>An error of the REST protocol, which names it in a header.</summary>
    public static Answer Rest(int status, string type, string message) => new(status, $$"""{"message":"{{message}}"}""") { ErrorType = type };

    public static Answer Error(int status, string code, string message = "because") => new(status,
        $"""<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>{RequestId}</RequestId></ErrorResponse>""");

    /// <summary>The connection breaks in the middle of a good answer.</summary>
    public static Answer HalfOf(Call call, string result) => Of(call, result) with { CutOff = true };

    public async Task WriteAsync(HttpContext context)
    {
        if (Stalls) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        if (Aborts || Stalls)
        {
            context.Abort();
            return;
        }
        var bytes = Encoding.UTF8.GetBytes(Body);
        context.Response.StatusCode = Status;
        context.Response.ContentType = Body.StartsWith('{') ? "application/x-amz-json-1.1" : "text/xml";
        context.Response.Headers["x-amzn-RequestId"] = RequestId;
        if (ErrorType is not null) context.Response.Headers["x-amzn-ErrorType"] = ErrorType;
        if (!CutOff)
        {
            await context.Response.Body.WriteAsync(bytes);
            return;
        }
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }
}
