namespace LastAccessedBot.Sandbox.Wire;

/// <summary>An error as AWS answers it: code, HTTP status, message.</summary>
public sealed class AwsException(string code, int status, string message) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    public static AwsException NoSuchEntity(string message) => new("NoSuchEntity", 404, message);

    public static AwsException InvalidInput(string message) => new("InvalidInput", 400, message);

    public static AwsException EntityAlreadyExists(string message) => new("EntityAlreadyExists", 409, message);

    public static AwsException DeleteConflict(string message) => new("DeleteConflict", 409, message);

    public static AwsException LimitExceeded(string message) => new("LimitExceeded", 409, message);

    public static AwsException MalformedPolicyDocument(string message) => new("MalformedPolicyDocument", 400, message);

    public static AwsException UnmodifiableEntity(string roleName) =>
        new("UnmodifiableEntity", 400, $"Cannot perform the operation on the protected role '{roleName}' - this role is only modifiable by AWS");

    public static AwsException Validation(string message) => new("ValidationError", 400, message);

    public static AwsException MissingParameter(string name) => Validation(
        $"1 validation error detected: Value null at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: Member must not be null");

    public static AwsException AccessDenied(string message) => new("AccessDenied", 403, message);
}
