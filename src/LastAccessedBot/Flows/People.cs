namespace LastAccessedBot.Flows;

/// <summary>People as the store writes them, and their names for showing.</summary>
public interface IPeople
{
    /// <summary>The display name of <c>surface:id</c>; the id itself for somebody unknown.</summary>
    string NameOf(string person);
}

public static class PersonKeys
{
    /// <summary>As <c>surface:id</c>: the same id on two platforms is two people.</summary>
    public static string Key(this Person person) => $"{person.Surface}:{person.Id}";
}
