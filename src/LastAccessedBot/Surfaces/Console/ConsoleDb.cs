using LastAccessedBot.Core.Cards;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Surfaces.Console;

/// <summary>A message of the console's own store: the console plays the part of a chat platform, and those keep their messages.</summary>
public sealed class ConsoleMessage
{
    public const string Bot = "bot";

    public required string Id { get; init; }

    /// <summary>Rises over all messages with every post and every update.</summary>
    public required long Seq { get; set; }

    /// <summary>The <see cref="Seq"/> of the post: the place in the conversation, which updates keep.</summary>
    public required long PostedSeq { get; init; }

    public required string Conversation { get; init; }

    /// <summary>A person's id, or <see cref="Bot"/>.</summary>
    public required string Author { get; init; }

    /// <summary>What a person typed.</summary>
    public string? Text { get; init; }

    public string? CardJson { get; set; }

    /// <summary>The only person who sees the message; null when everyone does.</summary>
    public string? OnlyFor { get; init; }

    public required DateTimeOffset PostedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }

    public bool IsFromBot => Author == Bot;

    public Card? Card => CardJson is null ? null : Core.Cards.CardJson.Read(CardJson);

    public bool IsVisibleTo(string? person) => OnlyFor is null || OnlyFor == person;
}

/// <summary>The console's database.</summary>
internal sealed class ConsoleDb(DbContextOptions<ConsoleDb> options) : DbContext(options)
{
    public DbSet<ConsoleMessage> Messages => Set<ConsoleMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<ConsoleMessage>(message =>
    {
        message.HasKey(one => one.Id);
        message.HasIndex(one => one.Seq).IsUnique();
        message.HasIndex(one => new { one.Conversation, one.PostedSeq });
        message.Ignore(one => one.Card);
        message.Ignore(one => one.IsFromBot);
    });
}
