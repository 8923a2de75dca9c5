namespace LastAccessedBot.Aws;

/// <summary>The settings of section <c>Aws:CloudTrail</c>: a second evidence beside the last-accessed report.</summary>
public sealed class CloudTrailOptions
{
    /// <summary>Off unless set: AWS answers two lookups a second and region, fifty events each, so that a busy user takes a while.</summary>
    public bool Enabled { get; set; }

    /// <summary>Where to look; when left out, <c>Aws:Region</c> and us-east-1, in which the global services record.</summary>
    public IList<string> Regions { get; init; } = [];

    /// <summary>How many events to read in each region at most; where there are more, the card says so.</summary>
    public int MostEvents { get; set; } = 1_000;

    internal IReadOnlyList<string> RegionsOr(string region) => Regions.Count > 0 ? [.. Regions.Distinct(StringComparer.Ordinal)] : [.. new[] { region, "us-east-1" }.Distinct(StringComparer.Ordinal)];

    internal IEnumerable<string> Faults()
    {
        foreach (var region in Regions.Where(region => Wire.Partition.Of(region) is null))
            yield return $"Aws:CloudTrail:Regions names `{region}`; write regions like `eu-central-1`.";
        if (MostEvents < 1) yield return $"Aws:CloudTrail:MostEvents is {MostEvents}; write 1 or more.";
    }
}
