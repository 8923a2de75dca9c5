using System.Text.Json;

namespace LastAccessedBot.Sandbox.Services;

/// <summary>The AWS services that reports know, and the management actions that they track.</summary>
public sealed class ServiceCatalog
{
    public static readonly ServiceCatalog Default = JsonSerializer.Deserialize<ServiceCatalog>(
        EmbeddedFile.Read("services.json"), JsonSerializerOptions.Web)!;

    /// <summary>Namespace → the name that IAM shows.</summary>
    public required SortedDictionary<string, string> Names { get; init; }

    /// <summary>Namespace → the actions reported one by one; other services are reported as a whole.</summary>
    public required Dictionary<string, IReadOnlyList<string>> TrackedActions { get; init; }
}
