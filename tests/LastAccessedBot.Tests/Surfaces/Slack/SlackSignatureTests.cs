using System.Security.Cryptography;
using System.Text;
using LastAccessedBot.Surfaces.Slack;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace LastAccessedBot.Tests.Surfaces.Slack;

public sealed class SlackSignatureTests
{
    // Computed with `openssl dgst -sha256 -hmac` over `v0:1531420618:` and the body.
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5", Body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    private const string Signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    private const long Stamp = 1531420618;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(Stamp));

    [Fact]
    public void A_known_signature_passes() => Assert.Equal(SignatureFault.None, Check(Stamp.ToString(), Signature));

    [Theory]
    [InlineData(300, SignatureFault.None)]
    [InlineData(-300, SignatureFault.None)]
    [InlineData(301, SignatureFault.Stale)]
    [InlineData(-301, SignatureFault.Stale)]
    public void A_stamp_counts_for_300_seconds_to_either_side(int seconds, SignatureFault expected)
    {
        var stamp = (Stamp + seconds).ToString();
        Assert.Equal(expected, Check(stamp, Sign(stamp, Body)));
    }

    [Fact]
    public void One_flipped_byte_of_the_body_or_the_stamp_or_the_signature_fails()
    {
        Assert.Equal(SignatureFault.BadSignature, Check(Stamp.ToString(), Signature, Body[..^1] + "d"));
        Assert.Equal(SignatureFault.BadSignature, Check((Stamp + 1).ToString(), Signature));
        Assert.Equal(SignatureFault.BadSignature, Check(Stamp.ToString(), Signature[..^1] + "4"));
    }

    [Theory]
    [InlineData("v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v0=A2114D57B48EAC39B9AD189DD8316235A7B4A8D21A10BD27519666489C69B503")]
    [InlineData("a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v0=")]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b50é")]
    public void Another_version_or_spelling_of_the_signature_fails(string signature) => Assert.Equal(SignatureFault.BadSignature, Check(Stamp.ToString(), signature));

    [Fact]
    public void A_missing_header_fails()
    {
        Assert.Equal(SignatureFault.MissingHeader, Check(null, Signature));
        Assert.Equal(SignatureFault.MissingHeader, Check(Stamp.ToString(), null));
    }

    [Fact]
    public void A_header_given_twice_fails()
    {
        var headers = Headers(Stamp.ToString(), Signature);
        headers.Append(SlackSignature.SignatureHeader, Signature);
        Assert.Equal(SignatureFault.MissingHeader, new SlackSignature(Secret, _time).Check(headers, Encoding.UTF8.GetBytes(Body)));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1531420618")]
    [InlineData("1531420618.0")]
    [InlineData("999999999999999999999")]
    [InlineData("999999999999999")]
    public void A_stamp_that_is_no_second_fails(string stamp) => Assert.Equal(SignatureFault.BadTimestamp, Check(stamp, Signature));

    [Fact]
    public void Without_a_secret_nothing_passes()
    {
        var signed = "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Array.Empty<byte>(), Encoding.UTF8.GetBytes($"v0:{Stamp}:{Body}")));
        Assert.Equal(SignatureFault.NoSecret, new SlackSignature("", _time).Check(Headers(Stamp.ToString(), signed), Encoding.UTF8.GetBytes(Body)));
    }

    private SignatureFault Check(string? stamp, string? signature, string body = Body) => new SlackSignature(Secret, _time).Check(Headers(stamp, signature), Encoding.UTF8.GetBytes(body));

    private static HeaderDictionary Headers(string? stamp, string? signature)
    {
        var headers = new HeaderDictionary();
        if (stamp is not null) headers[SlackSignature.TimestampHeader] = stamp;
        if (signature is not null) headers[SlackSignature.SignatureHeader] = signature;
        return headers;
    }

    private static string Sign(string stamp, string body) => "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"v0:{stamp}:{body}")));
}
