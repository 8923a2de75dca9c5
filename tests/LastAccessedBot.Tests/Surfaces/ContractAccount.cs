using System.Collections.Immutable;
using LastAccessedBot.Sandbox;
using LastAccessedBot.Tests.EndToEnd;

namespace LastAccessedBot.Tests.Surfaces;

/// <summary>The sandbox's own scenario with a group for each sentence of the contract, and a user whose card is as long as cards get.</summary>
internal static class ContractAccount
{
    /// <summary>A user with hundreds of services and a suggestion for each of eleven policies.</summary>
    public const string ManyHats = "many-hats";

    /// <summary>Groups with two policies each that nobody of them uses.</summary>
    public const string Pair = "pair", OtherPair = "other-pair";

    /// <summary>A user who left, and whom nothing but credentials ever comes back without.</summary>
    public const string Leaver = "left-last-year";

    private const int Groups = 50;

    private static readonly ImmutableArray<string> s_pairs = [Pair, OtherPair];

    private static readonly ImmutableArray<string> s_hats = ["braket", "dms", "elastictranscoder", "kinesis", "lex", "mq", "personalize", "redshift", "rekognition", "sagemaker"];

    /// <summary>A group that uses S3, and a policy for Elastic Transcoder that nobody of it uses.</summary>
    public static string Group(int number) => number < Groups ? $"squad-{number:D2}" : throw new ArgumentOutOfRangeException(nameof(number), number, "More sentences than groups.");

    public static string Policy(string group) => $"{group}-transcoder";

    public static string Suggestion(string group) => $"Detach {Policy(group)} from group {group}";

    public static SandboxAccount Create() => SandboxAccount.Load(
        ScenarioText.Default
            .With("groups", Numbers.Select(Group).Select(group => $$"""{{Named(group)}}: { "attached": ["Squads-Storage", {{Named(Policy(group))}}], "members": ["maria-garcia"] }""")
                .Concat(s_pairs.Select(pair => $$"""{{Named(pair)}}: { "attached": ["Squads-Storage", {{Named(pair + "-one")}}, {{Named(pair + "-two")}}], "members": ["maria-garcia"] }""")))
            .With("users",
            [
                $$"""{{Named(ManyHats)}}: { "attached": ["Hat-All", {{string.Join(", ", s_hats.Select(hat => Named("Hat-" + hat)))}}], "used": { "dynamodb": "2d" } }""",
                $$"""{{Named(Leaver)}}: { "path": "/external/", "attached": ["Squads-Storage"], "loginProfile": "420d", "accessKeys": [{ "id": "AKIALEFTLASTYEAR0001", "lastUsed": "240d", "lastService": "s3" }], "used": { "s3": "240d" } }""",
            ])
            .With("policies",
            [
                PolicyOf("Squads-Storage", "\"Action\": \"s3:*\""), PolicyOf("Hat-All", "\"NotAction\": \"iam:*\""),
                .. s_hats.Select(hat => PolicyOf("Hat-" + hat, $"\"Action\": \"{hat}:*\"")),
                .. s_pairs.SelectMany(pair => new[] { PolicyOf(pair + "-one", "\"Action\": \"braket:*\""), PolicyOf(pair + "-two", "\"Action\": \"lex:*\"") }),
                .. Numbers.Select(number => PolicyOf(Policy(Group(number)), "\"Action\": \"elastictranscoder:*\"")),
            ]),
        TimeProvider.System);

    /// <summary>The host's settings that the sentences count on.</summary>
    /// <param name="owner">Who owns the groups, as <c>surface:id</c>.</param>
    public static IEnumerable<(string Name, string Value)> Settings(string owner) =>
        [("Approvals__ExpireAfter", ChatRoom.ExpireAfter.ToString()), .. Numbers.Select(number => ($"Approvals__Owners__group {Group(number)}__0", owner))];

    private static IEnumerable<int> Numbers => Enumerable.Range(0, Groups);

    private static string PolicyOf(string name, string actions) =>
        $$"""{{Named(name)}}: { "versions": [{ "document": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", {{actions}}, "Resource": "*" }] } }] }""";

    private static string Named(string name) => $"\"{name}\"";
}
