namespace LastAccessedBot.Storage;

public sealed class DeliveryRow
{
    public required string Surface { get; init; }

    public required string Key { get; init; }

    public required string Kind { get; init; }

    /// <summary>null when the work is done.</summary>
    public string? Payload { get; init; }

    /// <summary>When it came, in UTC ticks.</summary>
    public required long Ticks { get; init; }

    /// <summary>The host that obeys it.</summary>
    public required string Holder { get; init; }

    /// <summary>In UTC ticks, when another host may take it over.</summary>
    public required long LeaseTicks { get; init; }
}

public sealed class CardRow
{
    public required string Surface { get; init; }

    public required string Conversation { get; init; }

    public required string Message { get; init; }

    public required string Json { get; init; }
}

public sealed class InstallationRow
{
    public required string Surface { get; init; }

    public required string Tenant { get; init; }

    public required string Version { get; set; }

    public required string Sealed { get; set; }

    /// <summary>In UTC ticks.</summary>
    public required long InstalledTicks { get; set; }

    /// <summary>In UTC ticks, when the turn to renew ends; 0 when nobody has it.</summary>
    public required long LeaseTicks { get; set; }
}

public sealed class OneTimeSecretRow
{
    public required string Purpose { get; init; }

    /// <summary>SHA-256, in Base64.</summary>
    public required string Hash { get; init; }

    public required long UntilTicks { get; init; }
}

public sealed class HomeRow
{
    public required string Surface { get; init; }

    public required string Person { get; init; }

    public required int Page { get; init; }

    /// <summary>When it was opened, in UTC ticks.</summary>
    public required long Ticks { get; init; }
}

/// <summary>How a conversation or a person is reached.</summary>
public sealed class AddressRow
{
    public required string Surface { get; init; }

    public required string Id { get; init; }

    public required string Content { get; set; }

    /// <summary>In UTC ticks.</summary>
    public required long SeenTicks { get; set; }
}
