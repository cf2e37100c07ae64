using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Switchyard.Adapters;
using Switchyard.Catalog;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>Any carrier without an interface: prices from a rate card, labels of our own, a CSV manifest. It asks nobody, so it never fails.</summary>
public sealed class TableCarrier : ICarrier
{
    public AdapterManifest Manifest { get; } = new("table", "Table (rate card, own labels, CSV manifest)", "", ["rate", "label", "find", "void", "manifest"],
        [
            new("rateCard", "Code of the rate card with the carrier's prices.", IsRequired: true), new("carrierName", "What stands on the label as the carrier's name."),
            new("prefix", "The beginning of our tracking numbers: up to 8 letters and digits."), new("number", "Our number with the carrier, for label and manifest."),
        ],
        ["zpl"], IsPost: false, "None: it speaks to nobody.", []);

    public async Task<AdapterAnswer<IReadOnlyList<CarrierRate>>> Rate(CarrierCall call, Consignment what) => AdapterAnswer<IReadOnlyList<CarrierRate>>.Of(await call.Card(what));

    // A label of ours follows from its reference alone, so there is nothing to look for: made again it is the same.
    public Task<AdapterAnswer<BookedLabel?>> Find(CarrierCall call, string reference) => Task.FromResult(AdapterAnswer<BookedLabel?>.Of(null));

    public Task<AdapterAnswer<BookedLabel>> Book(CarrierCall call, Consignment what, ServiceQuote service)
    {
        string tracking = Number(call.Access.Setting("prefix") ?? "SY", what.Reference);
        byte[] label = Encoding.UTF8.GetBytes(PlainLabel.Zpl(call.Access.Setting("carrierName") ?? call.Access.Code, service.Name ?? service.Service ?? "", tracking, what));
        return Task.FromResult<AdapterAnswer<BookedLabel>>(new BookedLabel(what.Reference, tracking, label, "zpl", service.Service, service.CostMinor, service.Currency));
    }

    public Task<AdapterAnswer<Done>> Void(CarrierCall call, LabelKey label) => Task.FromResult<AdapterAnswer<Done>>(new Done());

    public Task<AdapterAnswer<CarrierList>> Close(CarrierCall call, IReadOnlyList<LabelKey> labels, bool isAgain)
    {
        string number = Number("M", string.Join('\n', labels.Select(l => l.Reference)));
        var csv = new StringBuilder("tracking,reference,service,account,sscc\r\n");
        foreach (var label in labels) csv.Append(CultureInfo.InvariantCulture, $"{Cell(label.Tracking)},{Cell(label.Reference)},{Cell(label.Service ?? "")},{Cell(call.Access.Setting("number") ?? "")},{label.Sscc}\r\n");
        return Task.FromResult<AdapterAnswer<CarrierList>>(new CarrierList(number, Encoding.UTF8.GetBytes(csv.ToString()), "csv"));
    }

    public Task<AdapterAnswer<IReadOnlyList<ParcelScan>>> Track(CarrierCall call, LabelKey label) =>
        Task.FromResult<AdapterAnswer<IReadOnlyList<ParcelScan>>>(((ICarrier)this).Unsupported("be asked where a parcel is"));

    public IReadOnlyList<ParcelScan>? Read(WebhookMail mail) => null;

    // Twelve digits of a hash and a check digit (GS1, modulo 10): the same reference always gives the same number.
    private static string Number(string prefix, string reference)
    {
        ulong hash = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(reference)));
        string digits = (hash % 1_000_000_000_000UL).ToString("D12", CultureInfo.InvariantCulture);
        string kept = string.Concat(prefix.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return kept[..Math.Min(8, kept.Length)] + digits + Text.Invariant(Gs1.CheckDigit(digits));
    }

    // No cell begins as a formula does.
    private static string Cell(string text)
    {
        string safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : '"' + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }
}

/// <summary>A plain label for printers of 203 dpi, 4 by 6 inches.</summary>
internal static class PlainLabel
{
    private const int MostLine = 40, MostSmall = 64;

    public static string Zpl(string carrier, string service, string tracking, Consignment what)
    {
        var to = what.To;
        var lines = new[] { to.Name, to.Company, to.Line1, to.Line2, to.City, to.Region, to.Postcode, to.Country }.Where(l => !string.IsNullOrWhiteSpace(l)).Select(l => Safe(l!)).ToList();
        var zpl = new StringBuilder("^XA^CI28^PW812^LL1218\n");
        zpl.Append(CultureInfo.InvariantCulture, $"^FO40,40^A0N,50,50^FD{Safe(carrier)}^FS\n^FO40,100^A0N,40,40^FD{Safe(service)}^FS\n^FO40,150^GB732,3,3^FS\n");
        foreach (var (i, line) in lines.Index()) zpl.Append(CultureInfo.InvariantCulture, $"^FO40,{180 + i * 55}^A0N,45,45^FD{line}^FS\n");
        if (what.ReturnTo is { } back)
        {
            string place = string.Join(", ", new[] { back.Line1, back.Line2, $"{back.Postcode} {back.City}".Trim(), back.Country }.Where(l => !string.IsNullOrWhiteSpace(l)));
            zpl.Append(CultureInfo.InvariantCulture, $"^FO40,630^A0N,26,26^FD{Safe("Return to: " + (back.Company ?? back.Name))}^FS\n^FO40,662^A0N,26,26^FD{Safe(place, MostSmall)}^FS\n");
        }
        zpl.Append(CultureInfo.InvariantCulture, $"^FO40,720^A0N,30,30^FD{what.WeightGrams / 1000m:0.000} kg   {Safe(what.OrderNumber)}^FS\n");
        zpl.Append(CultureInfo.InvariantCulture, $"^FO40,800^BY3^BCN,220,Y,N,N,A^FD{Safe(tracking)}^FS\n");
        // GS1-128 with the application identifier of a container code.
        if (what.Sscc is { } sscc) zpl.Append(CultureInfo.InvariantCulture, $"^FO40,1080^BY2^BCN,80,Y,N,N,D^FD(00){sscc}^FS\n");
        zpl.Append("^XZ\n");
        return zpl.ToString();
    }

    // What ZPL takes as commands, and what is no character, becomes a blank.
    private static string Safe(string text, int most = MostLine)
    {
        string clean = string.Concat(text.Select(c => c is '^' or '~' || char.IsControl(c) ? ' ' : c)).Trim();
        return clean.Length <= most ? clean : clean[..most];
    }
}
