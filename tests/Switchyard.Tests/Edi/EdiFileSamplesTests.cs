using Shouldly;
using Switchyard.Edi;
using Xunit.Abstractions;

namespace Switchyard.Tests.Edi;

/// <summary>Files that others wrote, whole and broken on purpose: of each it is known what is to be said.</summary>
public sealed class EdiFileSamplesTests(ITestOutputHelper output)
{
    private static string? Folder => Path.Combine(TestPostgres.Root, "..", "shared", "data", "edi") is var folder && Directory.Exists(folder) ? folder : null;

    /// <summary>For each interchange: the note of its envelope, and for each group AK901 with AK501 of its sets.</summary>
    [Theory]
    [InlineData("x12-examples__997.txt", "000 A(A)")]
    [InlineData("x12-examples__CorruptIsa.txt", "")]
    [InlineData("x12-examples__DuplicateGroup.txt", "000 A(A) R(R)")]
    [InlineData("x12-examples__DuplicateMessage.txt", "000 P(A R23)")]
    [InlineData("x12-examples__Invoice.txt", "000 A(A)")]
    [InlineData("x12-examples__MixedTransactionsNoEnvelopes.txt", "")]
    [InlineData("x12-examples__PurchaseOrderCSV.txt", "000 A(A)")]
    [InlineData("x12-examples__PurchaseOrderCustom2.txt", "000 E(E5)")]
    [InlineData("x12-examples__PurchaseOrderModified.txt", "000 R(R5)")]
    [InlineData("x12-examples__PurchaseOrders.txt", "000 P(A R5)")]
    [InlineData("x12-examples__ReceivingAdvice.txt", "000 R(R1)")]
    [InlineData("x12-examples__ShipNotice.txt", "000 R(R5)")]
    [InlineData("x12-examples__WarehouseShippingAdvice.txt", "000 R(R5)")]
    [InlineData("staedi__extraDelimiter997.edi", "000 R(R5)")]
    [InlineData("staedi__invalid997_min.edi", "000 R(R5)")]
    [InlineData("staedi__simple997-multiple-interchanges.edi", "000 A(A) | 000 A(A) | 000 A(A)")]
    [InlineData("staedi__ts210_80char.edi", "000 R(R1)")]
    [InlineData("edinet__x12.810.mandatory-conditions.edi", "001 R(R4.5)")]
    [InlineData("edinet__x12.810b.edi", "000 A(A)")]
    [InlineData("edinet__x12.810d.edi", "000 A(A)")]
    [InlineData("edinet__x12.850.edi", "001 A(A)")]
    [InlineData("edinet__x12.850a.edi", "001 E(E5)")]
    public void A_sample_is_judged_as_the_standard_has_it(string name, string verdict)
    {
        if (Folder is null) { output.WriteLine("Not run: the samples (../shared/data/edi) are not at hand."); return; }
        var read = X12Reader.Read(File.ReadAllText(Path.Combine(Folder, name)));
        var said = read.Interchanges.Select(i => (i, Groups: i.Groups.Select(g => Acknowledgement.Judge(g, i.Delimiters, set => SetTables.Find(set) is not null)).ToList())).ToList();
        string.Join(" | ", said.Select(s => s.i.Note + string.Concat(s.Groups.Select(g => $" {g.Code}({string.Join(' ', g.Sets.Select(t => t.Code + string.Join('.', t.Codes)))})"))))
            .ShouldBe(verdict, string.Join('\n', said.SelectMany(s => s.Groups).SelectMany(g => g.Sets).SelectMany(t => t.Faults).Select(f => $"{f.Tag} {f.Position} {f.Code} {string.Join("; ", f.Elements)} {f.IsFatal}")));
        foreach (var group in said.SelectMany(s => s.Groups))
            X12Samples.Judged(X12Writer.Write(X12ReaderTests.Written(1), "997", [Acknowledgement.Write(group, Delimiters.Usual)])).Code.ShouldBe("A", "what is told is right itself");
    }

    [Fact]
    public void What_is_no_X12_is_none()
    {
        if (Folder is null) { output.WriteLine("Not run: the samples (../shared/data/edi) are not at hand."); return; }
        foreach (string file in Directory.GetFiles(Folder).Where(f => Path.GetFileName(f) is var n && !n.StartsWith("x12", StringComparison.Ordinal) && !n.Contains("x12", StringComparison.Ordinal) && !n.Contains("997", StringComparison.Ordinal) && !n.Contains("ts210", StringComparison.Ordinal)))
            X12Reader.Read(File.ReadAllText(file)).Interchanges.ShouldBeEmpty(file);
    }
}
