namespace LastAccessedBot.Core.Edits;

/// <content>Service control policies. They are named by their names, which are unique within an organization: AWS gives a new one its id only once it is there.</content>
public abstract partial record EditSubject
{
    /// <summary>A service control policy; not what it is attached to.</summary>
    public sealed record Scp(string Name) : EditSubject;

    /// <summary>Whether a service control policy is attached to a root, unit or account.</summary>
    public sealed record ScpAttachment(string Name, string TargetId) : EditSubject;
}

/// <content>Service control policies.</content>
public abstract partial record SubjectState
{
    /// <param name="Stored">null: no such policy.</param>
    public sealed record Scp(StoredScp? Stored) : SubjectState;

    /// <param name="PolicyId">null: no such policy.</param>
    public sealed record ScpAttachment(string? PolicyId, bool IsAttached) : SubjectState;
}

/// <summary>A service control policy as it is stored, attachments left out: what it takes to make it again.</summary>
/// <param name="Id">AWS's id.</param>
public sealed record StoredScp(string Id, string Name, string Description, string Content);
