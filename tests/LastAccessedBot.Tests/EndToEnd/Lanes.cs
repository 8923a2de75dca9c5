namespace LastAccessedBot.Tests.EndToEnd;

// Hosts are heavy. Within a lane they are started one after another, and the lanes run beside each other: a test mostly waits for its host.

/// <summary>Hosts that somebody talks to at the console.</summary>
[CollectionDefinition(nameof(EndToEnd))]
public sealed class EndToEnd;

/// <summary>Hosts that are in Slack.</summary>
[CollectionDefinition(nameof(SlackHosts))]
public sealed class SlackHosts;

/// <summary>Hosts that are in Teams.</summary>
[CollectionDefinition(nameof(TeamsHosts))]
public sealed class TeamsHosts;

/// <summary>Hosts in Teams that pass the contract of every chat platform; they take as long as all the others in Teams.</summary>
[CollectionDefinition(nameof(TeamsRooms))]
public sealed class TeamsRooms;

/// <summary>Hosts that die.</summary>
[CollectionDefinition(nameof(KilledHosts))]
public sealed class KilledHosts;
