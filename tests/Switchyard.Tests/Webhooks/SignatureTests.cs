using System.Text;
using System.Text.Json;
using Shouldly;
using Switchyard.Webhooks;
using Xunit.Abstractions;

namespace Switchyard.Tests.Webhooks;

/// <summary>Signatures by Standard Webhooks, against published vectors and against vectors made with another program.</summary>
[Capability("P12", "IG-15")]
public sealed class SignatureTests(ITestOutputHelper output)
{
    // The first is the vector that the specification's own libraries test with. The others were made with openssl:
    // printf 'ID.TIME.BODY' | openssl dgst -sha256 -mac HMAC -macopt hexkey:KEY -binary | base64
    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "evt_17", 1772442000, "{}", "v1,H0/9GQJ05PRNRTYtr++6kpc6Ob49UW6ZCG0xGSKRVYA=")]
    [InlineData("whsec_//////////////////////////////////////////8=", "evt_1", 0, "{\"name\":\"Żółć ☃\"}", "v1,0K53XwRycgcVgO8+rMXN5qvmwo6fh+7luA+vW2Yn3gQ=")]
    public void A_signature_is_the_one_the_specification_demands(string secret, string id, long timestamp, string body, string signature)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        WebhookSignature.Header([secret], id, timestamp, bytes).ShouldBe(signature);
        WebhookSignature.IsRight(secret, id, timestamp, bytes, signature).ShouldBeTrue();
        WebhookSignature.IsRight(secret, id, timestamp + 1, bytes, signature).ShouldBeFalse();
        WebhookSignature.IsRight(secret, id + "0", timestamp, bytes, signature).ShouldBeFalse();
        WebhookSignature.IsRight(secret, id, timestamp, [.. bytes, (byte)' '], signature).ShouldBeFalse();
    }

    [Fact]
    public void Every_live_secret_signs_and_one_right_signature_among_several_is_enough()
    {
        string one = WebhookSignature.Secret(new byte[32]), other = WebhookSignature.Secret([.. Enumerable.Repeat((byte)7, 32)]);
        string header = WebhookSignature.Header([one, other], "evt_1", 5, "{}"u8);
        header.Split(' ').Length.ShouldBe(2);
        foreach (string secret in (string[])[one, other]) WebhookSignature.IsRight(secret, "evt_1", 5, "{}"u8, header).ShouldBeTrue();
        WebhookSignature.IsRight(one, "evt_1", 5, "{}"u8, "v2,x " + header.Replace("v1,", "v2,", StringComparison.Ordinal)).ShouldBeFalse();
        WebhookSignature.IsRight(one, "evt_1", 5, "{}"u8, "").ShouldBeFalse();
    }

    [Theory]
    [InlineData(true, 24)]
    [InlineData(true, 64)]
    [InlineData(false, 23)]
    [InlineData(false, 65)]
    public void A_secret_has_24_to_64_bytes(bool isSecret, int bytes) => WebhookSignature.IsSecret(WebhookSignature.Secret(new byte[bytes])).ShouldBe(isSecret);

    [Fact]
    public void The_published_vectors_hold()
    {
        string file = Path.Combine(TestPostgres.Root, "..", "shared", "data", "payloads", "webhook-signatures", "standard_webhooks.json");
        if (!File.Exists(file)) { output.WriteLine("Not run: the published vectors are not on this machine."); return; }
        using var vectors = JsonDocument.Parse(File.ReadAllText(file));
        int judged = 0;
        foreach (var vector in vectors.RootElement.GetProperty("vectors").EnumerateArray())
        {
            WebhookSignature.IsRight(vector.Text("secret")!, vector.Text("id")!, vector.Long("timestamp"), Encoding.UTF8.GetBytes(vector.Text("body")!), vector.Text("signature")!)
                .ShouldBe(vector.GetProperty("valid").GetBoolean(), vector.Text("name"));
            judged++;
        }
        judged.ShouldBeGreaterThan(3);
    }
}
