using Shouldly;
using Switchyard.Erp;
using Switchyard.Erp.NetSuite;
using Switchyard.Simulators;

namespace Switchyard.Tests.Erp;

/// <summary>With signed calls, and money as cash sales and refunds.</summary>
public sealed class NetSuiteAdapterTests : ErpAdapterContract
{
    private protected override Task<ErpDeskOfTests> Open() => ErpDeskOfTests.Open(new NetSuiteErp(), new NetSuiteSim());

    [Fact]
    public void Settings_that_do_not_fit_together_are_told()
    {
        var (erp, sim) = (new NetSuiteErp(), new NetSuiteSim());
        erp.Missing(sim.Settings, sim.Secrets.Keys).ShouldBeNull();
        erp.Missing(sim.Settings, ["consumerKey"]).ShouldNotBeNull();
        var journals = sim.Settings;
        (journals["money"], journals["salesAccount"]) = ("journals", null);
        erp.Missing(journals, sim.Secrets.Keys)!.ShouldContain("salesAccount");
        var broken = sim.Settings;
        broken["vendors"] = "ACME=42";
        erp.Missing(broken, sim.Secrets.Keys)!.ShouldContain("vendors");
    }

    [Fact]
    public async Task A_level_below_zero_stays_below_zero_and_a_currency_that_is_not_mapped_is_refused()
    {
        await using var desk = await Open();
        desk.Sim.Books.Levels[(desk.Sim.Books.Item("MUG").Id, 1)] = -5;
        (await desk.Erp.Stock(desk.Call(), "1", null)).Value.Items.ShouldHaveSingleItem().OnHand.ShouldBe(-5);
        var order = new ErpOrder("sy-order-7", new DateOnly(2031, 3, 1), "Order 7", "7", "JPY", null, [new ErpOrderLine(1, "MUG", "A mug", 1, 10_000)], 0);
        (await desk.Erp.Post(desk.Call(), order)).Fault!.Words.ShouldContain("No currency of NetSuite is given for JPY");
        desk.Sim.Books.Records.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_takes_more_calls_than_may_be_made_at_once_is_read_and_an_empty_first_round_ends_with_a_mark()
    {
        await using var desk = await Open();
        desk.Sim.Books.Item("MUG");
        (await desk.Erp.Receipts(desk.Call(), null, null)).Value.Mark.ShouldNotBeNull();
        for (int i = 0; i < 280; i++) desk.Sim.Books.Buy($"PO-{i}", 1, ("MUG", 1));
        var said = await desk.Erp.Purchases(desk.Call(callsPerMinute: 120), null, null);
        said.Fault?.Words.ShouldBeNull();
        said.Value.Items.Count.ShouldBe(280);
    }
}

/// <summary>With a certificate, and money as journals.</summary>
public sealed class NetSuiteJournalTests : ErpAdapterContract
{
    private protected override Task<ErpDeskOfTests> Open() => ErpDeskOfTests.Open(new NetSuiteErp(), new NetSuiteSim { UsesCertificate = true, UsesJournals = true });

    [Fact]
    public async Task A_refund_is_the_sale_the_other_way_round_and_both_balance()
    {
        await using var desk = await Open();
        await desk.Post(new ErpMoney("sy-sale-1", new DateOnly(2031, 3, 1), "Payment", false, "GBP", 1_000, 200, "card"));
        await desk.Post(new ErpMoney("sy-refund-1", new DateOnly(2031, 3, 1), "Refund", true, "GBP", 1_000, 200, "card"));
        var journals = desk.Sim.Books.Of("journalEntry").ToList();
        journals.Select(j => j.Lines.Sum(l => l.Debit)).ShouldBe([12m, 12m]);
        journals[0].Lines.Select(l => (l.Debit, l.Credit)).ShouldBe([(12m, 0m), (0m, 10m), (0m, 2m)]);
        journals[1].Lines.Select(l => (l.Debit, l.Credit)).ShouldBe([(0m, 12m), (10m, 0m), (2m, 0m)]);
    }
}

public sealed class MoneySplitTests
{
    [Theory]
    [InlineData(4_674, 779, new long[] { 1_000, 2_000, 1_674 })]
    [InlineData(100, 17, new long[] { 33, 33, 34 })]
    [InlineData(3, 1, new long[] { 1, 1, 1 })]
    [InlineData(0, 0, new long[] { 5 })]
    public void The_tax_of_all_payments_is_the_tax_of_the_order(long total, long tax, long[] payments)
    {
        long before = 0, sum = 0;
        foreach (long payment in payments)
        {
            long own = MoneySplit.Tax(total, tax, before, payment);
            own.ShouldBeInRange(0, payment);
            (sum, before) = (sum + own, before + payment);
        }
        sum.ShouldBe(tax);
    }
}
