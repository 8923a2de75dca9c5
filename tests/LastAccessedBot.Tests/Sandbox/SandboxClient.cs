using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using LastAccessedBot.Sandbox;

namespace LastAccessedBot.Tests.Sandbox;

/// <summary>Signs and sends like any AWS client, and shows the answers raw.</summary>
public sealed class SandboxClient(SandboxServer server, TimeProvider time, string key = "sandbox", string? secret = null, string? token = null) : IDisposable
{
    public const string Account = "123456789012";

    private readonly HttpClient http = new() { BaseAddress = server.Address };

    public static string PolicyArn(string name) => $"arn:aws:iam::{Account}:policy/{name}";

    public Task<Answer> Iam(string action, params (string Name, string Value)[] parameters) => Query("iam", "2010-05-08", action, parameters);

    public Task<Answer> Sts(string action, params (string Name, string Value)[] parameters) => Query("sts", "2011-06-15", action, parameters);

    public Task<(int Status, JsonElement Body)> Organizations(string operation, object body) => Json("organizations", "AWSOrganizationsV20161128." + operation, body);

    public Task<(int Status, JsonElement Body)> Trail(object body) => Json("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", body);

    private async Task<(int Status, JsonElement Body)> Json(string service, string target, object body)
    {
        using var request = Request(service, JsonSerializer.Serialize(body), "application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", target);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        using var json = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
        return ((int)response.StatusCode, json.RootElement.Clone());
    }

    /// <param name="query">In canonical form.</param>
    public async Task<(int Status, string? ErrorType, JsonElement Body)> Analyzer(string path, object body, string query = "")
    {
        using var request = Request("access-analyzer", body as string ?? JsonSerializer.Serialize(body), "application/json", path, query);
        using var response = await http.SendAsync(request);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return ((int)response.StatusCode, response.Headers.TryGetValues("x-amzn-ErrorType", out var types) ? types.Single() : null, json.RootElement.Clone());
    }

    /// <summary>All members of a list, over all pages.</summary>
    public async Task<IReadOnlyList<XElement>> All(string action, string list, params (string Name, string Value)[] parameters)
    {
        List<XElement> members = [];
        string? marker = null;
        do
        {
            var page = await Iam(action, marker is null ? parameters : [.. parameters, ("Marker", marker)]);
            Assert.Equal(200, page.Status);
            members.AddRange(page.List(list));
            marker = page.Text("IsTruncated") == "true" ? page.Text("Marker") : null;
        }
        while (marker is not null);
        return members;
    }

    public async Task<Answer> Send(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        return Answer.Read((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public HttpRequestMessage Form(string service, string version, string action, params (string Name, string Value)[] parameters) => Request(
        service,
        string.Join('&', parameters.Append(("Action", action)).Append(("Version", version))
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Item1)}={Uri.EscapeDataString(parameter.Item2)}")),
        "application/x-www-form-urlencoded");

    public void Dispose() => http.Dispose();

    private async Task<Answer> Query(string service, string version, string action, (string Name, string Value)[] parameters)
    {
        using var request = Form(service, version, action, parameters);
        return await Send(request);
    }

    private HttpRequestMessage Request(string service, string body, string contentType, string path = "/", string query = "")
    {
        var date = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{date[..8]}/us-east-1/{service}/aws4_request";
        var canonical = $"POST\n{path}\n{query}\nhost:{server.Address.Authority}\nx-amz-date:{date}\n\nhost;x-amz-date\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}";
        var toSign = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signingKey = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + (secret ?? key)), (hash, part) => HMACSHA256.HashData(hash, Encoding.UTF8.GetBytes(part)));
        var request = new HttpRequestMessage(HttpMethod.Post, query.Length == 0 ? path : $"{path}?{query}") { Content = new StringContent(body, new MediaTypeHeaderValue(contentType)) };
        request.Headers.Add("x-amz-date", date);
        if (token is not null)
            request.Headers.Add("x-amz-security-token", token);
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential={key}/{scope}, SignedHeaders=host;x-amz-date, Signature={Hex(HMACSHA256.HashData(signingKey, Encoding.UTF8.GetBytes(toSign)))}");
        return request;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

/// <summary>An answer of the Query protocol, its namespaces taken off.</summary>
public sealed record Answer(int Status, XElement Xml)
{
    public string? Code => Text("Code");

    public static Answer Read(int status, string body)
    {
        var xml = body.Length == 0 ? new XElement("Empty") : XElement.Parse(body);
        foreach (var element in xml.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return new Answer(status, xml);
    }

    public string? Text(string element) => Xml.Descendants(element).FirstOrDefault()?.Value;

    public IEnumerable<XElement> List(string name) => Xml.Descendants(name).First().Elements("member");
}
