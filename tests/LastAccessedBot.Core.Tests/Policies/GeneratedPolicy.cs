using System.Text;
using System.Text.Json;
using LastAccessedBot.Sandbox.Evaluation;

namespace LastAccessedBot.Core.Tests.Policies;

/// <summary>A policy, what to keep of it and what to leave alone, the same for the same seed. All shapes that people and AWS write.</summary>
internal sealed record GeneratedPolicy(string Document, string[] Keep, Dictionary<string, IReadOnlyList<string>> KeepActions, string[] ProtectedSids)
{
    private static readonly string[] s_services = ["s3", "ec2", "kms", "iam", "sqs", "logs", "cognito-idp", "cognito-sync", "elasticloadbalancing", "elasticmapreduce"];

    private static readonly string[] s_verbs = ["Get", "Put", "Delete", "List"];

    private static readonly string[] s_nouns = ["Object", "Role", "Item"];

    private static readonly string[] s_patterns = ["*", "Get*", "*Object", "?et*", "List*", "*e*", "Put?bject", "G*t*", "*?", "Delete*Role"];

    private static readonly string[] s_gaps = ["", "", " ", "\n    ", "\t", "\r\n"];

    /// <summary>Actions to ask an evaluator about: today's, and some that AWS may add.</summary>
    public static IReadOnlyList<(string Service, string Name)> Probes { get; } =
    [
        .. s_services.Append("newservice").SelectMany(service => s_verbs.SelectMany(verb => s_nouns.Select(noun => (service, verb + noun)))),
        .. s_services.SelectMany(service => new[] { (service, "Xet1"), (service, "AnythingNew"), (service, "o"), (service, "GreetItems") }),
    ];

    public static GeneratedPolicy From(int seed)
    {
        var random = new Random(seed);
        var statements = Enumerable.Range(0, random.Next(1, 5)).Select(number => StatementOf(random, number)).ToArray();
        var gap = s_gaps[random.Next(s_gaps.Length)];
        var list = statements.Length > 1 || random.Next(2) == 0
            ? $"[{gap}{string.Join($"{gap},{gap}", statements)}{gap}]"
            : statements[0];
        string[] fields = random.Next(3) switch
        {
            0 => [$"\"Statement\":{gap}{list}"],
            1 => ["\"Version\": \"2012-10-17\"", $"\"Statement\" :{list}"],
            _ => [$"\"Statement\":{list}", "\"Id\":\"x\"", "\"Version\":\"2008-10-17\""],
        };
        var keep = s_services.Where(_ => random.Next(2) == 0).Concat(random.Next(4) == 0 ? ["unheardof"] : []).ToArray();
        var actions = keep.Where(_ => random.Next(6) == 0).ToDictionary(service => service, IReadOnlyList<string> (_) =>
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(4) == 0 ? s_patterns[random.Next(s_patterns.Length)] : Name(random)).Distinct()]);
        return new GeneratedPolicy($"{{{gap}{string.Join($",{gap}", fields)}{gap}}}", keep, actions, random.Next(4) == 0 ? ["Keep1", "Hold*"] : []);
    }

    /// <summary>What is kept, as a statement for the evaluator; null when nothing is.</summary>
    public Statement? Kept { get; } = Keep.Length == 0 ? null : Sandbox.Evaluation.Document.Parse(JsonSerializer.Serialize(new
    {
        Statement = new { Effect = "Allow", Action = Keep.SelectMany(service => KeepActions.GetValueOrDefault(service, ["*"]).Select(action => $"{service}:{action}")) },
    })).Statements[0];

    private static string StatementOf(Random random, int number)
    {
        var isNot = random.Next(4) == 0;
        var entries = Enumerable.Range(0, random.Next(1, isNot ? 4 : 7)).Select(_ => Entry(random, isNot)).ToList();
        if (random.Next(5) == 0) entries.Add(entries[0]);
        var gap = s_gaps[random.Next(s_gaps.Length)];
        var value = entries.Count == 1 && random.Next(2) == 0 ? entries[0] : $"[{gap}{string.Join($",{gap}", entries)}{gap}]";
        List<string> fields = [$"\"Effect\":{gap}\"{(random.Next(5) == 0 ? "Deny" : "Allow")}\"", $"\"{(isNot ? "NotAction" : "Action")}\"{gap}:{value}"];
        if (random.Next(2) == 0) fields.Add($"\"Sid\":\"{(random.Next(3) == 0 ? "Keep" : random.Next(2) == 0 ? "Hold" : "S")}{number}\"");
        fields.Add(random.Next(4) switch
        {
            0 => "\"NotResource\":[\"arn:aws:s3:::secret\"]",
            1 => "\"Resource\":[\"arn:aws:s3:::caf\\u00e9/*\",\"*\"]",
            _ => $"\"Resource\":\"{(random.Next(2) == 0 ? "*" : $"arn:{number}")}\"",
        });
        if (random.Next(4) == 0) fields.Add($"\"Condition\":{{\"Bool\":{{\"aws:SecureTransport\":{(random.Next(2) == 0 ? "true" : "[\"true\"]")}}}}}");
        if (random.Next(8) == 0) fields.Add("\"Principal\":{\"AWS\":[\"123456789012\"]}");
        var order = fields.OrderBy(_ => random.Next()).ToArray();
        return $"{{{gap}{string.Join(",", order)}{gap}}}";
    }

    private static string Entry(Random random, bool isNot)
    {
        if (random.Next(isNot ? 12 : 8) == 0) return random.Next(2) == 0 ? "\"*\"" : "\"*:*\"";
        var service = s_services[random.Next(s_services.Length)];
        var action = random.Next(isNot ? 2 : 3) == 0 ? "*" : random.Next(2) == 0 ? s_patterns[random.Next(s_patterns.Length)] : Name(random);
        var text = new StringBuilder($"{service}:{action}");
        for (var i = 0; i < text.Length; i++)
        {
            if (random.Next(12) == 0) text[i] = char.ToUpperInvariant(text[i]);
            else if (random.Next(12) == 0) text[i] = char.ToLowerInvariant(text[i]);
        }
        var at = random.Next(text.Length);
        if (random.Next(15) == 0) text.Remove(at, 1).Insert(at, $"\\u{(int)$"{service}:{action}"[at]:x4}");
        return $"\"{text}\"";
    }

    private static string Name(Random random) => s_verbs[random.Next(s_verbs.Length)] + s_nouns[random.Next(s_nouns.Length)];
}
