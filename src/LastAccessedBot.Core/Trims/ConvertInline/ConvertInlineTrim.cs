using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims.ConvertInline;

/// <summary>An inline policy becomes a managed one with the same text: created, attached and read back before the inline one goes. Nobody's rights change on any step.</summary>
internal static class ConvertInlineTrim
{
    /// <summary>AWS attaches at most so many managed policies to a group, and to users and roles where nobody asked it for more (source: the IAM quota page).</summary>
    private const int MostOnGroup = 10, MostOnOther = 20;

    public static void Consider(Plan plan, Holding holding)
    {
        var (on, name) = (holding.On, holding.Name);
        var title = Prose.Of($"Make inline policy {name} of {on.Ref.KindWord:w} {on.Ref.Name} a managed policy");
        var arn = NewPolicy.Free(plan.Facts.State, NewPolicy.ForInline(on, name));
        if ((Refused(plan, holding) ?? (arn is null ? Prose.Of($"There are policies already of every name that it could have, such as {name}.") : null)) is { } why)
        {
            plan.Withhold(title, why);
            return;
        }
        var document = holding.Document!;
        plan.Offer(new Trim(
            $"convert {on.Ref} {name}",
            TrimKind.ConvertInline,
            title,
            [
                new AccountEdit.CreatePolicy(arn!, NewPolicy.NameOf(arn!), "/", $"Was the inline policy {name} of {on.Ref}.", on.Tags.Clear(), document.Text),
                new AccountEdit.AttachPolicy(on.Ref, arn!),
                new AccountEdit.DeleteInlinePolicy(on.Ref, name),
            ],
            [Prose.Of($"The managed policy {NewPolicy.NameOf(arn!)} has the same text. It is attached and read back before the inline one goes.")],
            "nobody: what is allowed and denied stays the same.",
            ["A managed policy keeps its last five versions, can be attached to others, and is listed by AWS's own tools."],
            [],
            new Risk(RiskGrade.Low, ["The same text is in force on every step, and Undo puts the inline policy back."]),
            new DocumentChange(NewPolicy.NameOf(arn!), null, document.Text),
            TrimBasis.Of(plan.Facts.State, [on.Ref], NewPolicy.ForInline(on, name))));
    }

    private static Prose? Refused(Plan plan, Holding holding)
    {
        var on = holding.On;
        return holding.Document is not { } document ? Prose.Of($"{holding.Name} could not be understood: ").Then(Prose.Backticked(((Parsed<PolicyDocument>.Bad)holding.Read).Why.ToString()))
            : plan.Guards.AgainstTouching(on)
            ?? Guards.KeptElsewhere(on.Tags, on.Ref.Name)
            ?? (document.Size > PolicyKind.Managed.Quota ? Prose.Of($"{holding.Name} has {document.Size} characters; a managed policy may have {PolicyKind.Managed.Quota}.") : null)
            ?? (on.Attached.Count >= (on.Ref.Kind == IdentityKind.Group ? MostOnGroup : MostOnOther) ? Prose.Of($"{on.Ref.Name} has {on.Attached.Count} managed policies, which is as many as AWS attaches.") : null);
    }
}
