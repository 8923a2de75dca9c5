using System.CommandLine;
using System.Text;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.CommandLine;

/// <summary><c>actions refresh</c>: AWS's published list of actions, as the file that says what wildcards stand for.</summary>
public static class ActionsCommand
{
    private const string Published = "https://servicereference.us-east-1.amazonaws.com/", Usual = "src/LastAccessedBot/aws-actions.txt";

    public static Command Build(TimeProvider time)
    {
        var from = new Option<string>("--from") { Description = "Where AWS publishes the list of its services", DefaultValueFactory = _ => Published };
        var to = new Option<string>("--to") { Description = "The file to write", DefaultValueFactory = _ => Usual };
        var refresh = new Command("refresh", "Download AWS's list of actions and write it anew") { from, to };
        refresh.SetAction(async (parsed, cancellation) =>
        {
            var (address, file) = (parsed.GetValue(from)!, parsed.GetValue(to)!);
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
                return Exit.With(Exit.Misused, new Refusal($"`{address}` is not an address", $"write a whole one, such as `{Published}`"));
            using var reference = new ServiceReference(uri);
            switch (await reference.ReadAsync(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), cancellation))
            {
                case Parsed<PublishedActions>.Bad { Why: var why }:
                    return Exit.With(Exit.Unreachable, why);
                case Parsed<PublishedActions>.Ok { Value: var actions }:
                    return Write(file, actions);
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        });
        return new Command("actions", "The list of AWS's actions that says what a wildcard stands for") { refresh };
    }

    // Whole or not at all: a list that was cut off would call actions unknown that are not.
    private static int Write(string file, PublishedActions actions)
    {
        var partial = file + ".partial";
        try
        {
            File.WriteAllText(partial, actions.Write(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(partial, file, overwrite: true);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return Exit.With(Exit.Misused, new Refusal($"`{file}` cannot be written: {unwritable.Message}", "name another with `--to`"));
        }
        Console.Out.WriteLine($"{file}: {actions.Services.Values.Sum(of => of.Length):N0} actions of {actions.Services.Count:N0} services");
        return 0;
    }
}
