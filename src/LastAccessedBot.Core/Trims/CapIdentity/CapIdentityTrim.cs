using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims.CapIdentity;

/// <summary>
/// A permissions boundary that caps a user or role at the services it uses. A boundary only takes away. It never replaces one that is
/// there by a wider one: that one is narrowed, under a new name.
/// </summary>
internal static class CapIdentityTrim
{
    /// <param name="all">All that the identity has, through its groups too.</param>
    public static void Consider(Plan plan, Identity identity, ImmutableArray<Holding> all, ImmutableArray<ServiceLine> services)
    {
        var title = Prose.Of($"Cap {identity.Ref.KindWord:w} {identity.Ref.Name} at what it uses");
        if (Refused(plan, identity, all) is { } why)
        {
            plan.Withhold(title, why);
            return;
        }
        ServiceNamespace[] gone = [.. services.Where(line => line.Verdict is Verdict.Unused && !plan.Guards.Services.Contains(line.Service)).Select(line => line.Service)];
        ImmutableSortedSet<ServiceNamespace> kept = [.. services.Select(line => line.Service).Except(gone), .. plan.Guards.Services];
        if (gone.Length == 0) plan.Remark("All that its policies allow is in use, or AWS cannot tell: a boundary would take nothing away.");
        else if (kept.IsEmpty) plan.Remark("Nothing at all was used: a boundary would forbid everything. Is it needed any more?", $"/unused delete {identity.Ref}");
        else Propose(plan, identity, all, services, title, gone, kept);
    }

    private static Prose? Refused(Plan plan, Identity identity, ImmutableArray<Holding> all)
    {
        var state = plan.Facts.State;
        return plan.Guards.AgainstTouching(identity)
            ?? Guards.KeptElsewhere(identity.Tags, identity.Ref.Name)
            ?? (all.FirstOrDefault(holding => holding.Document is null) is { } unread ? Prose.Of($"{unread.Name} could not be understood, and what it gives may be in use.") : null)
            ?? (identity.Attached.FirstOrDefault(arn => !state.Policies.ContainsKey(arn)) is { } unseen ? Prose.Of($"{unseen} is attached and could not be read.") : null)
            ?? (identity.BoundaryArn is { } boundary && !state.Policies.ContainsKey(boundary) ? Prose.Of($"Its permissions boundary {boundary} could not be read.") : null)
            ?? (NewPolicy.Free(state, NewPolicy.ForCap(identity)) is null ? Prose.Of($"There are policies already of every name that the boundary could have, such as {NewPolicy.NameOf(NewPolicy.ForCap(identity)[0])}. Delete those that cap nobody.") : null);
    }

    private static void Propose(
        Plan plan, Identity identity, ImmutableArray<Holding> all, ImmutableArray<ServiceLine> services, Prose title, ServiceNamespace[] gone, ImmutableSortedSet<ServiceNamespace> kept)
    {
        var present = identity.BoundaryArn is { } boundary ? plan.Facts.State.Policies[boundary] : null;
        switch (Document(plan, present, kept))
        {
            case Narrowed.Unchanged:
                plan.Remark(Prose.Of($"Its permissions boundary {present!.Name} lets nothing through that is unused: there is nothing to add."));
                break;
            case Narrowed.Refused { Why: var refusal }:
                plan.Withhold(title, Prose.Of($"Its permissions boundary {present!.Name} cannot be narrowed: ").Then(Prose.Backticked(refusal.ToString())).Then("."));
                break;
            case Narrowed.NothingLeft:
                plan.Withhold(title, Prose.Of($"Its permissions boundary {present!.Name} allows nothing of what it uses; look into that first."));
                break;
            case Narrowed.Trimmed { Document: var document } when document.Size > PolicyKind.Managed.Quota:
                plan.Withhold(title, Prose.Of($"The boundary would have {document.Size} characters; AWS stores at most {PolicyKind.Managed.Quota}."));
                break;
            case Narrowed.Trimmed { Document: var document }:
                Offer(plan, identity, all, services, title, gone, present, document);
                break;
        }
    }

    // Without a boundary everything passes: the list of what is kept can only take away.
    private static Narrowed Document(Plan plan, ManagedPolicy? present, ImmutableSortedSet<ServiceNamespace> kept)
    {
        if (present is not null)
        {
            return PolicyDocument.Read(present.Default.Document) switch
            {
                Parsed<PolicyDocument>.Ok { Value: var read } => Narrowing.Narrow(read, Keep.Of(kept), new NarrowingOptions(PolicyKind.Managed, plan.Guards.Sids)),
                Parsed<PolicyDocument>.Bad { Why: var why } => new Narrowed.Refused(why),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        var actions = string.Join(",", kept.Select(service => $"\"{service}:*\""));
        var text = $$"""{"Version":"2012-10-17","Statement":[{"Sid":"ServicesInUse","Effect":"Allow","Action":[{{actions}}],"Resource":"*"}]}""";
        return new Narrowed.Trimmed(((Parsed<PolicyDocument>.Ok)PolicyDocument.Read(text)).Value, [], true, []);
    }

    private static void Offer(
        Plan plan, Identity identity, ImmutableArray<Holding> all, ImmutableArray<ServiceLine> services, Prose title, ServiceNamespace[] gone, ManagedPolicy? present, PolicyDocument document)
    {
        var (name, verdicts) = (identity.Ref, services.ToDictionary(line => line.Service, line => line.Verdict));
        var arn = NewPolicy.Free(plan.Facts.State, NewPolicy.ForCap(identity))!;
        var risk = new RiskOf(plan.Facts)
            .Because(RiskGrade.Medium, Prose.Of($"Whatever somebody gives {name.Name} later is capped, too, until the boundary is changed."))
            .Removing(gone.Select(service => verdicts[service]), all.Any(holding => holding.Document!.GrantsEveryOther)).From([name]);
        // Source: the IAM user guide on permissions boundaries; what a policy of a resource gives a user is not capped.
        if (name.Kind == IdentityKind.Role) risk = risk.Because(RiskGrade.High, "A boundary also caps what the policies of buckets, queues and keys give to a role, and AWS's report does not show such use.");
        plan.Offer(new Trim(
            $"cap {name}",
            TrimKind.CapIdentity,
            title,
            [
                new AccountEdit.CreatePolicy(arn, NewPolicy.NameOf(arn), "/", $"Caps {name} at the services that it uses.", identity.Tags.Clear(), document.Text),
                new AccountEdit.PutBoundary(name, arn),
            ],
            plan.Evidence(gone, verdicts),
            Prose.Of($"{name.KindWord:w} {name.Name} alone; its policies and groups stay as they are."),
            [
                Prose.Of($"A permissions boundary allows nothing by itself: {name.Name} may do what both it and a policy allow."),
                .. present is null ? ImmutableArray<Prose>.Empty : [Prose.Of($"It takes the place of the boundary {present.Name} and lets through a part of that. {present.Name} itself stays.")],
            ],
            plan.NamesOf(gone),
            risk.Grade(),
            new DocumentChange(NewPolicy.NameOf(arn), present?.Default.Document, document.Text),
            TrimBasis.Of(plan.Facts.State, [name, .. identity.Groups.Select(group => new IdentityRef(IdentityKind.Group, group))],
                [.. all.Select(holding => holding.Managed?.Arn).OfType<string>(), .. present is null ? ImmutableArray<string>.Empty : [present.Arn], .. NewPolicy.ForCap(identity)]))
        { Gone = [.. gone] });
    }
}
