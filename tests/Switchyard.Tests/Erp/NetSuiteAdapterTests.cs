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
