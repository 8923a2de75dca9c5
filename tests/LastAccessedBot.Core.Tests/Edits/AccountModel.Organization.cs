using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;

namespace LastAccessedBot.Core.Tests.Edits;

/// <content>Service control policies: names are unique, attaching twice is refused, what is attached cannot be deleted.</content>
internal sealed partial class AccountModel
{
    private static readonly EntityRef s_unit = new(EntityKind.Unit, "ou-1", "dev");

    private readonly Dictionary<string, StoredScp> _scps = [];
    private readonly HashSet<(string Name, string Target)> _scpTargets = [];

    /// <summary>The same account with an organization around it.</summary>
    public AccountModel WithScps(Random random)
    {
        _scps["S0"] = new StoredScp($"p-{_ids++}", "S0", random.Next(2) == 0 ? "" : "text", $"scp {random.Next(1000)}");
        if (random.Next(2) == 0) _scpTargets.Add(("S0", s_unit.Id));
        return this;
    }

    /// <summary>A trim of service control policies as the planner makes them, or the way back of one, possible in the present state.</summary>
    public ImmutableArray<AccountEdit> SomeScpTrim(Random random) => random.Next(4) switch
    {
        0 => [new AccountEdit.UpdateScp("S0", $"narrow {random.Next(1000)}")],
        1 => [new AccountEdit.CreateScp("S1", random.Next(2) == 0 ? "" : "text", $"deny {random.Next(1000)}"), new AccountEdit.AttachScp("S1", s_unit)],
        2 when _scpTargets.Count > 0 => [new AccountEdit.DetachScp("S0", s_unit), new AccountEdit.DeleteScp("S0")],
        _ => [],
    };

    private SubjectState ReadScp(EditSubject subject) => subject switch
    {
        EditSubject.Scp { Name: var name } => new SubjectState.Scp(_scps.GetValueOrDefault(name)),
        EditSubject.ScpAttachment { Name: var name, TargetId: var target } => new SubjectState.ScpAttachment(_scps.GetValueOrDefault(name)?.Id, _scpTargets.Contains((name, target))),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private void MakeScp(AccountEdit edit)
    {
        switch (edit)
        {
            case AccountEdit.UpdateScp update: _scps[update.Name] = _scps[update.Name] with { Content = update.Content }; break;
            case AccountEdit.CreateScp create: Require(_scps.TryAdd(create.Name, new StoredScp($"p-{_ids++}", create.Name, create.Description, create.Content))); break;
            case AccountEdit.DeleteScp delete: Require(_scpTargets.All(pair => pair.Name != delete.Name) && _scps.Remove(delete.Name)); break;
            case AccountEdit.AttachScp attach: Require(_scps.ContainsKey(attach.Name) && _scpTargets.Add((attach.Name, attach.To.Id))); break;
            case AccountEdit.DetachScp detach: Require(_scpTargets.Remove((detach.Name, detach.From.Id))); break;
        }
    }

    private IEnumerable<string> Scps() =>
    [
        .. _scps.Values.OrderBy(scp => scp.Name, StringComparer.Ordinal).Select(scp => $"scp {scp.Name} {scp.Description} {scp.Content}"),
        .. _scpTargets.Select(pair => $"scp attached {pair}").Order(StringComparer.Ordinal),
    ];
}
