using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Switchyard.Catalog;
using Switchyard.Kernel;

namespace Switchyard.Tests.Catalog;

/// <summary>GS1 codes as scanners send them and as they are printed.</summary>
public sealed class Gs1Tests
{
    private const char Fnc1 = Gs1.Separator;

    [Fact, Capability("AX-31")]
    public void A_label_of_a_case_tells_product_lot_expiry_serial_and_weight()
    {
        var scan = Gs1.Parse($"]C101040063813339311727013110LOT/7{Fnc1}21S-9{Fnc1}3103001250", 2026).Value;
        (scan.Gtin, scan.Lot, scan.Serial, scan.ExpiresOn, scan.NetGrams, scan.Count).ShouldBe(("04006381333931", "LOT/7", "S-9", new DateOnly(2027, 1, 31), 1_250L, null));
        Gs1.Parse("(02)14006381333938(37)12(00)123456789012345675", 2026).Value.ShouldSatisfyAllConditions(s => s.Count.ShouldBe(12), s => s.Sscc.ShouldBe("123456789012345675"));
        Gs1.Parse("(01)04006381333931(10)A(1)B(37)5", 2026).Value.Lot.ShouldBe("A(1)B");        // a bracket may be part of a lot
        Gs1.Parse("(3102)000125(01)04006381333931", 2026).Value.NetGrams.ShouldBe(1_250);
    }

    /// <summary>The web app reads codes without asking and is held to the same file (src/web/src/house/scan).</summary>
    [Fact, Capability("AX-31", "PK-04")]
    public void Codes_mean_what_the_cases_say_that_devices_are_held_to_as_well()
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestPostgres.Root, "docs", "api", "gs1-cases.json")));
        var faults = new List<string>();
        foreach (var c in cases.RootElement.GetProperty("codes").EnumerateArray())
        {
            var read = Gs1.Parse(c.Text("code")!, (int)c.Long("year"));
            string said = read.Error?.Code ?? Means(read.Value), expected = c.TryGetProperty("means", out var means) ? JsonNode.Parse(means.GetRawText())!.ToJsonString() : c.Text("error")!;
            if (!JsonNode.DeepEquals(Node(said), Node(expected))) faults.Add($"{c.Text("code")}: {said}, not {expected}");
        }
        foreach (var c in cases.RootElement.GetProperty("barcodes").EnumerateArray())
        {
            var read = Barcode.Parse(c.Text("text"));
            string said = read.Error?.Code ?? read.Value.Key, expected = c.TryGetProperty("key", out var key) ? key.GetString()! : c.Text("error")!;
            if (said != expected) faults.Add($"{c.Text("text")}: {said}, not {expected}");
        }
        faults.ShouldBeEmpty(string.Join('\n', faults));
        cases.RootElement.GetProperty("codes").GetArrayLength().ShouldBeGreaterThan(30);
    }

    private static JsonNode Node(string text) => text.StartsWith('{') ? JsonNode.Parse(text)! : JsonValue.Create(text);

    private static string Means(Gs1Scan scan)
    {
        var said = new JsonObject();
        if (scan.Sscc is { } sscc) said["sscc"] = sscc;
        if (scan.Gtin is { } gtin) said["gtin"] = gtin;
        if (scan.Lot is { } lot) said["lot"] = lot;
        if (scan.Serial is { } serial) said["serial"] = serial;
        if (scan.Count is { } count) said["count"] = count;
        if (scan.ExpiresOn is { } day) said["expiresOn"] = day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        if (scan.NetGrams is { } grams) said["netGrams"] = grams;
        return said.ToJsonString();
    }

    [Fact]
    public void A_code_means_the_same_sent_and_printed_in_any_order_and_any_text_is_answered()
    {
        var digits = (int n) => Gen.Choose('0', '9').Select(c => (char)c).ListOf(n).Select(l => new string([.. l]));
        var gtin = digits(13).Select(d => ("01", d + Text.Invariant(Gs1.CheckDigit(d))));
        var sscc = digits(17).Select(d => ("00", d + Text.Invariant(Gs1.CheckDigit(d))));
        var word = Gen.Choose(1, 20).SelectMany(n => Gen.Elements("ABZaz09-/._".ToCharArray()).ListOf(n)).Select(l => new string([.. l]));
        var day = Gen.Choose(0, 20_000).Select(d => ("17", new DateOnly(2000, 1, 1).AddDays(d).ToString("yyMMdd", System.Globalization.CultureInfo.InvariantCulture)));
        var code = from g in gtin from s in sscc from l in word from n in word from d in day from count in Gen.Choose(1, 99_999_999)
                   from order in Gen.Shuffle(new[] { g, s, ("10", l), ("21", n), d, ("37", Text.Invariant(count)) }) select order.ToList();
        Prop.ForAll(code.ToArbitrary(), elements =>
        {
            var scan = new Gs1Scan(elements);
            var (printed, sent) = (Gs1.Parse(Gs1.Show(scan), 2026).Value, Gs1.Parse(Gs1.Send(scan), 2026).Value);
            return printed.Elements.SequenceEqual(elements) && sent.Elements.SequenceEqual(elements) && printed.ExpiresOn == sent.ExpiresOn && Gs1.IsGs1(Gs1.Send(scan));
        }).QuickCheckThrowOnFailure();
        // Whatever comes from a scanner is read or refused, never an exception.
        var junk = Gen.Elements("()01273]C1dA\u001dx".ToCharArray()).ListOf().Select(l => new string([.. l]));
        Prop.ForAll(junk.ToArbitrary(), text => Gs1.Parse(text, 2026) is var read && (read.IsOk || read.Error!.Code.Length > 0)).QuickCheckThrowOnFailure();
    }
}
