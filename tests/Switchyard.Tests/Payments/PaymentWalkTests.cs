using Shouldly;
using Switchyard.Database;
using Switchyard.Payments;

namespace Switchyard.Tests.Payments;

public sealed class PaymentWalkTests
{
    [Theory, BothDatabases, Capability("P10", "P11")]
    public async Task Every_move_of_a_transaction_is_allowed_or_refused_as_the_table_says(DatabaseKind kind)
    {
        await using var shop = await PaymentTests.Open(kind);
        var order = await PaymentTests.Place(shop, new { status = "pending" }, units: 50);
        PaymentState[] states = [PaymentState.Pending, PaymentState.Succeeded, PaymentState.Failed, PaymentState.Unknown];
        foreach (var from in states)
            foreach (var to in states.Where(to => to is not PaymentState.Pending))
            {
                string id = (await PaymentTests.Pay(shop, order, new
                {
                    tender = "bank_transfer", amountMinor = 10, state = PaymentStates.Name(from == PaymentState.Unknown ? PaymentState.Pending : from),
                })).Text("id")!;
                if (from == PaymentState.Unknown) await shop.Post($"/payments/{id}/settle", new { state = "unknown" });
                foreach (string step in new[] { "settle", "reconcile" })
                {
                    // What is unknown becomes known by reconciling, everything else by settling.
                    bool isLegal = PaymentStates.Allowed.Allows(from, to) && (step == "reconcile") == (from == PaymentState.Unknown);
                    if (step == "reconcile" && to == PaymentState.Unknown) continue;
                    if (!isLegal) { await shop.Refused(HttpMethod.Post, $"/payments/{id}/{step}", new { state = PaymentStates.Name(to), reference = "walk" }, 409, "payments.cannot_settle"); continue; }
                    (await shop.Post($"/payments/{id}/{step}", new { state = PaymentStates.Name(to), reference = "walk" })).Text("state").ShouldBe(PaymentStates.Name(to), $"{from} to {to}");
                }
            }
        await PaymentTests.Books(shop);
    }
}
