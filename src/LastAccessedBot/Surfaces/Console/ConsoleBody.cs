using System.Text.Json;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Console;

/// <summary>Reads a JSON body, or says in a sentence what is wrong with it.</summary>
internal static class ConsoleBody
{
    public static async Task<(T? Body, IResult? Refusal)> ReadAsync<T>(HttpRequest request, CancellationToken cancellation) where T : class
    {
        // A form of another site can send text/plain unasked, but not application/json.
        if (!request.HasJsonContentType())
            return (null, ConsoleProblem.Of(StatusCodes.Status415UnsupportedMediaType, "Send JSON, with the header Content-Type: application/json."));
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, CardJson.Options, cancellation) is { } body
                ? (body, null)
                : (null, ConsoleProblem.Of(StatusCodes.Status400BadRequest, "The body must be a JSON object."));
        }
        catch (JsonException wrong)
        {
            var where = wrong.LineNumber is { } line ? $" near line {line + 1}, byte {wrong.BytePositionInLine + 1}" : "";
            return (null, ConsoleProblem.Of(StatusCodes.Status400BadRequest, $"The body is not the JSON object that this address takes{where}."));
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, ConsoleProblem.Of(tooLarge.StatusCode, $"The body is larger than {ConsoleEndpoints.LargestBody / 1024} KB."));
        }
    }
}
