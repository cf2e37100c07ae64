using System.Text;
using System.Text.Json;
using Shouldly;
using Switchyard.Payments;
using Xunit.Abstractions;

namespace Switchyard.Tests.Payments;

/// <summary>Messages of payment gateways count when they are signed as the gateway signs: published vectors, and some made with another program.</summary>
[Capability("P13")]
public sealed class GatewaySignatureTests(ITestOutputHelper output)
{
    private const string Key = "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{\"id\":\"evt_1\",\"name\":\"Żółć\"}");
    private const string Right = "639e8230f8c0d7463c5ba7a5d26c6e7d216c83d277890d3e375272e2aea3625a";

    [Theory]
    [InlineData("t=1700000000,v1=" + Right, true)]
    [InlineData("t=1700000000,v1=00,v1=" + Right + ",v0=11", true)]
    [InlineData("t=1700000001,v1=" + Right, false)]
    [InlineData("t=01700000000,v1=" + Right, false)]
    [InlineData("t=1700000000,t=1700000000,v1=" + Right, false)]
    [InlineData("t=1700000000,v0=" + Right, false)]
    [InlineData("t=99999999999999999999,v1=" + Right, false)]
    [InlineData("v1=" + Right, false)]
    [InlineData("", false)]
    public void What_Stripe_signed_is_known_with_its_time(string header, bool isRight)
    {
        StripeSignature.SignedAt("whsec_test", Body, header).ShouldBe(isRight ? DateTimeOffset.FromUnixTimeSeconds(1_700_000_000) : (DateTimeOffset?)null);
        StripeSignature.SignedAt("whsec_other", Body, header).ShouldBeNull();
        StripeSignature.SignedAt("whsec_test", [.. Body, (byte)' '], header).ShouldBeNull();
    }

    [Fact]
    public void What_Stripe_signed_more_than_five_minutes_ago_or_will_sign_is_not_believed()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        foreach (int seconds in new[] { -301, -300, 0, 300, 301 })
            StripeSignature.IsRight("whsec_test", Body, "t=1700000000,v1=" + Right, at.AddSeconds(seconds)).ShouldBe(Math.Abs(seconds) <= 300, $"{seconds} s");
        StripeSignature.IsRight("", Body, "t=1700000000,v1=" + Right, at).ShouldBeFalse();
    }

    [Fact]
    public void What_Adyen_signed_is_known_and_any_signed_field_that_differs_is_seen()
    {
        const string genuine = """
            {"additionalData":{"hmacSignature":"LOkp0JqFNK+ntXwEL8eU2y451iusqWZLgjKv6gVoyiA="},"amount":{"currency":"GBP","value":1995},"eventCode":"CAPTURE","merchantAccountCode":"HearthHollow",
             "merchantReference":"UK-1001","originalReference":"7914","pspReference":"8815","reason":"","success":true}
            """;
        bool right(string item, string key = Key) => AdyenSignature.IsRight(key, JsonDocument.Parse(item).RootElement);
        right(genuine).ShouldBeTrue();
        right(genuine.Replace("1995", "\"1995\"", StringComparison.Ordinal)).ShouldBeTrue("a number may come as text");
        foreach (var (from, to) in new[] { ("1995", "199500"), ("GBP", "EUR"), ("CAPTURE", "REFUND"), ("HearthHollow", "Other"), ("UK-1001", "UK-1002"), ("7914", ""), ("8815", "8816"), ("true", "false"), ("LOkp", "LOkq") })
            right(genuine.Replace(from, to, StringComparison.Ordinal)).ShouldBeFalse($"{from} became {to}");
        right(genuine, "FF" + Key[2..]).ShouldBeFalse();
        foreach (string key in new[] { "", "0", "xyz1" }) right(genuine, key).ShouldBeFalse("that is no key");
        foreach (string item in new[] { "{}", "[]", "\"text\"", "{\"additionalData\":{}}", "{\"additionalData\":7,\"amount\":7}" }) right(item).ShouldBeFalse(item);
    }

    [Fact]
    public void The_published_vectors_hold()
    {
        string folder = Path.Combine(TestPostgres.Root, "..", "shared", "data", "payloads", "webhook-signatures");
        if (!Directory.Exists(folder)) { output.WriteLine("Not run: the published vectors are not on this machine."); return; }
        int judged = 0;
        foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            using var vectors = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var vector in vectors.RootElement.GetProperty("vectors").EnumerateArray())
            {
                bool? found = Path.GetFileName(file) switch
                {
                    "stripe.json" => StripeSignature.IsRight(vector.Text("secret")!, Convert.FromBase64String(vector.Text("bodyBase64")!), vector.Text("header")!,
                        DateTimeOffset.FromUnixTimeSeconds(vector.Long("timestamp"))),
                    "adyen_hmac.json" when vector.TryGetProperty("notificationItem", out var item) => AdyenSignature.IsRight(vector.Text("hmacKeyHex")!, item),
                    "adyen_hmac.json" => AdyenSignature.IsRight(vector.Text("hmacKeyHex")!, vector.Text("payload")!, vector.Text("signature")!),
                    "standard_webhooks.json" => null,       // SignatureTests judges these
                    _ => throw new InvalidOperationException($"Nobody judges {file}."),
                };
                if (found is not { } isRight) continue;
                isRight.ShouldBe(!vector.TryGetProperty("valid", out var valid) || valid.GetBoolean(), vector.GetRawText());
                judged++;
            }
        }
        judged.ShouldBeGreaterThan(2);
    }
}
