namespace LastAccessedBot.Core.Account;

/// <summary>A policy that, by AWS's own account of it, lets an identity use a service.</summary>
/// <param name="Arn">Of a managed policy.</param>
/// <param name="InlineOn">Whose inline policy it is: the identity's own, or that of a user's group.</param>
public sealed record GrantingPolicy(string Name, string? Arn, IdentityRef? InlineOn);
