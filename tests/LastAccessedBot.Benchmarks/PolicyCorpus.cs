using System.Text;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Benchmarks;

/// <summary>Policies to measure with, each with the half of its services that is kept.</summary>
public sealed record PolicyCorpus(IReadOnlyList<(byte[] Document, Keep Keep)> Policies)
{
    private static readonly string[] s_services =
        ["s3", "ec2", "kms", "logs", "sqs", "sns", "lambda", "dynamodb", "athena", "glue", "iam", "ecr", "ecs", "cloudwatch", "events", "states", "kinesis", "rds", "route53", "cognito-idp"];

    private static readonly string[] s_actions =
        ["Get*", "List*", "Describe*", "PutItem", "GetObject", "PutObject", "DeleteObject", "CreateTable", "SendMessage", "ReceiveMessage", "StartQueryExecution", "BatchGetItem", "UpdateFunctionConfiguration", "*"];

    public double MeanSize => Policies.Average(policy => policy.Document.Length);

    /// <summary>The JSON files of a folder, or 1,200 generated policies of realistic shapes: 1.9 kB on average, a few kilobytes at the top.</summary>
    public static PolicyCorpus Load(string? folder)
    {
        var documents = folder is null
            ? Enumerable.Range(0, 1_200).Select(seed => Generate(new Random(seed)))
            : Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);
        return new PolicyCorpus([.. documents.Select(WithHalf).OfType<(byte[], Keep)>()]);
    }

    private static (byte[], Keep)? WithHalf(byte[] document) =>
        PolicyDocument.Read(document) is Parsed<PolicyDocument>.Ok { Value: var policy } && policy.Services.Count > 1
            ? (document, Keep.Of(policy.Services.Where((_, index) => index % 2 == 0)))
            : null;

    private static byte[] Generate(Random random)
    {
        var text = new StringBuilder("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [");
        var statements = random.Next(2, 7);
        for (var statement = 0; statement < statements; statement++)
        {
            if (statement > 0) text.Append(',');
            text.Append($"\n    {{\n      \"Sid\": \"Statement{statement}\",\n      \"Effect\": \"{(random.Next(8) == 0 ? "Deny" : "Allow")}\",\n      \"Action\": [");
            var entries = random.Next(2, 13);
            for (var entry = 0; entry < entries; entry++)
                text.Append(entry > 0 ? "," : "").Append($"\n        \"{s_services[random.Next(s_services.Length)]}:{s_actions[random.Next(s_actions.Length)]}\"");
            text.Append($"\n      ],\n      \"Resource\": [\n        \"arn:aws:s3:::team-{random.Next(1000)}-data/*\",\n        \"arn:aws:dynamodb:eu-west-1:123456789012:table/orders-{random.Next(100)}\"\n      ]");
            if (random.Next(3) == 0) text.Append(",\n      \"Condition\": {\n        \"StringEquals\": {\n          \"aws:RequestedRegion\": [\"eu-west-1\", \"eu-central-1\"]\n        }\n      }");
            text.Append("\n    }");
        }
        return Encoding.UTF8.GetBytes(text.Append("\n  ]\n}\n").ToString());
    }
}
