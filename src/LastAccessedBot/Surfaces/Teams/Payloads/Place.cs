using LastAccessedBot.Flows;

namespace LastAccessedBot.Surfaces.Teams.Payloads;

/// <summary>A conversation of Teams', with what it takes to speak in it.</summary>
/// <param name="Kind"><c>personal</c>, <c>groupChat</c> or <c>channel</c>.</param>
/// <param name="Bot">The bot's own account in it.</param>
/// <param name="Greeted">The bot said there what it is for.</param>
/// <param name="Dead">Why nothing is sent there any more; null where the bot is welcome.</param>
internal sealed record Place(string Tenant, string Id, string Kind, Uri ServiceUrl, string Bot, bool Greeted = false, string? Dead = null)
{
    public bool IsPersonal => Kind == "personal";

    public Conversation Conversation => TeamsIds.Conversation(Tenant, Id);
}

/// <summary>Somebody in Teams, with what it takes to speak to them alone.</summary>
/// <param name="ObjectId">Their Entra object id: who they are.</param>
/// <param name="Id">Their account with this bot, <c>29:…</c>: how they are addressed.</param>
/// <param name="SeenIn">The conversation in which they spoke last; its roster knows them.</param>
/// <param name="Chat">Their personal chat with the bot, where there is one.</param>
internal sealed record Account(string Tenant, string ObjectId, string Id, string Name, string? SeenIn = null, string? Chat = null)
{
    public Person Person => TeamsIds.Person(Tenant, ObjectId, Name);
}
