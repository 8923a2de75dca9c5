using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace LastAccessedBot.Tests.House;

/// <summary>A CloudFormation template of <c>manifests/aws</c>, with every condition on and every value that is told at deployment left as it is written.</summary>
internal sealed class RoleTemplate
{
    private readonly JsonObject _resources;

    public RoleTemplate(string name, string yaml)
    {
        Name = name;
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        _resources = Node(Assert.Single(stream.Documents).RootNode)!["Resources"]!.AsObject();
    }

    public string Name { get; }

    public IEnumerable<RoleStatement> Statements => Policies.SelectMany(policy => policy["PolicyDocument"]!["Statement"]!.AsArray()).Select(statement => new RoleStatement(statement!.AsObject()));

    /// <summary>Who may take a role on.</summary>
    public IEnumerable<RoleStatement> Trust => Roles.SelectMany(role => role["AssumeRolePolicyDocument"]!["Statement"]!.AsArray()).Select(statement => new RoleStatement(statement!.AsObject()));

    public IEnumerable<JsonObject> Roles => Properties("AWS::IAM::Role");

    /// <summary>How much of IAM's quota for the inline policies of a role they take, at most: names in <c>${…}</c> are longer than what they stand for.</summary>
    public int Characters => Policies.Sum(policy => policy["PolicyDocument"]!.ToJsonString().Length);

    private IEnumerable<JsonObject> Policies =>
        Roles.SelectMany(role => role[nameof(Policies)]!.AsArray()).Select(policy => policy!.AsObject()).Concat(Properties("AWS::IAM::RolePolicy"));

    public static RoleTemplate Read(string name) => new(name, Text(name));

    public static string Text(string name) => File.ReadAllText(Repository.File($"manifests/aws/{name}.yaml"));

    private IEnumerable<JsonObject> Properties(string type) => _resources.Select(pair => pair.Value!).Where(resource => (string?)resource["Type"] == type).Select(resource => resource["Properties"]!.AsObject());

    private static JsonNode? Node(YamlNode node)
    {
        var function = node.Tag is { IsEmpty: false, IsNonSpecific: false } tag && tag.Value.StartsWith('!') ? tag.Value[1..] : null;
        if (function == "If") return Node(((YamlSequenceNode)node).Children[1]);
        JsonNode? plain = node switch
        {
            YamlScalarNode scalar => JsonValue.Create(scalar.Value),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Node)]),
            YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Node(pair.Value)))),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return function switch { null => plain, "Ref" => new JsonObject { ["Ref"] = plain }, _ => new JsonObject { [$"Fn::{function}"] = plain } };
    }
}

/// <summary>One statement of a policy document in a template.</summary>
internal sealed class RoleStatement(JsonObject statement)
{
    public string Sid => (string?)statement[nameof(Sid)] ?? "without a Sid";

    public bool Allows => (string?)statement["Effect"] == "Allow";

    public string[] Actions => [.. Texts("Action")];

    /// <summary>ARNs as they are written, and parameters by their names in <c>${…}</c>.</summary>
    public string[] Resources => [.. Texts("Resource")];

    /// <summary>The keys of its conditions.</summary>
    public string[] ConditionKeys => [.. (statement["Condition"]?.AsObject() ?? []).SelectMany(one => one.Value!.AsObject()).Select(one => one.Key)];

    public string Json => statement.ToJsonString();

    /// <summary>Whether an action of it, in which <c>*</c> stands for any text at the end, is or covers this one.</summary>
    public bool Covers(string action) => Actions.Any(pattern => pattern.EndsWith('*') ? action.StartsWith(pattern[..^1], StringComparison.Ordinal) : action == pattern);

    private IEnumerable<string> Texts(string name) => statement[name] switch
    {
        JsonArray many => many.Select(Text),
        { } one => [Text(one)],
        null => [],
    };

    private static string Text(JsonNode? node) => node switch
    {
        JsonObject function when function["Ref"] is { } parameter => $"${{{parameter}}}",
        JsonObject function when function["Fn::Sub"] is { } text => (string)text!,
        _ => (string)node!,
    };
}
