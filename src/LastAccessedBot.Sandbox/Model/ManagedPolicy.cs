using System.Text.Json.Serialization;

namespace LastAccessedBot.Sandbox.Model;

public sealed class ManagedPolicy
{
    /// <summary>The key under which the account holds it.</summary>
    [JsonIgnore]
    public string Name { get; set; } = "";

    [JsonIgnore]
    public string Arn { get; set; } = "";

    public string Id { get; set; } = "";

    public string Path { get; init; } = "/";

    public string Description { get; init; } = "";

    public When Created { get; init; } = When.DaysAgo(420);

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>At most five, oldest first.</summary>
    public List<PolicyVersion> Versions { get; } = [];

    /// <summary>The number of the version in force; a scenario that says nothing means the last one.</summary>
    public int DefaultVersion { get; set; }

    /// <summary>The highest number ever given: numbers only rise, also past deleted versions.</summary>
    public int LastVersion { get; set; }

    [JsonIgnore]
    public PolicyVersion Default => Versions.Single(version => version.Number == DefaultVersion);

    /// <summary>Gives missing version numbers in the order in which a scenario lists the versions.</summary>
    internal void NumberVersions()
    {
        var number = 0;
        foreach (var version in Versions)
            number = version.Number = version.Number == 0 ? number + 1 : version.Number;
        LastVersion = Math.Max(LastVersion, number);
        if (DefaultVersion == 0)
            DefaultVersion = number;
    }

    internal PolicyVersion Add(PolicyText document, When created)
    {
        var version = new PolicyVersion { Number = ++LastVersion, Document = document, Created = created };
        Versions.Add(version);
        return version;
    }
}

public sealed class PolicyVersion
{
    public int Number { get; set; }

    public When Created { get; init; } = When.DaysAgo(420);

    public PolicyText Document { get; init; } = new("{}");

    [JsonIgnore]
    public string Id => "v" + Number;
}
