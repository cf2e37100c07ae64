using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>What becomes of units that a strategy does not send: what its scenario says, else what the channel does with what is short. Pure.</summary>
internal static class StrategyShortage
{
    private const int MostTries = 8;

    /// <summary>Where such a hold comes from; whoever sweeps up what is to be cancelled looks for it.</summary>
    public const string HoldRule = "strategy-hold", CancelRule = "strategy-cancel", Care = "care";

    /// <param name="claims">Units each line claims; lines that may not go by parts give theirs up.</param>
    /// <param name="solve">Decides anew for fewer claims.</param>
    /// <remarks>Errors: orders.no_route.</remarks>
    public static Result<RoutedPlan> Settle(RoutedPlan routed, List<NewLine> lines, long[] claims, Func<long[], RoutedPlan> solve, OnShort onShort, bool isRefused, LaterSupply later)
    {
        for (int attempt = 1; ; attempt++)
        {
            var refused = new List<FieldError>();
            bool isAnyGivenUp = false;
            foreach (var unsent in routed.Plan.Unfilled)
            {
                int i = lines.FindIndex(l => l.LineNo == unsent.Line);
                if (MayStay(lines[i], lines[i].Quantity - claims[i] + unsent.Quantity, routed.After.GetValueOrDefault(unsent.Line), onShort, isRefused, later)) continue;
                if (isRefused) refused.Add(StockPromise.Fault(lines[i], "orders.no_route", "cannot be sent to this address from where your routing strategy allows"));
                claims[i] = 0;
                isAnyGivenUp = true;
            }
            if (refused.Count > 0) return OrderErrors.NoRoute(refused);
            if (!isAnyGivenUp) return routed;
            if (attempt == MostTries) Array.Clear(claims);
            routed = solve(claims);
        }
    }

    /// <summary>May a line stand with so many units that are not sent?</summary>
    private static bool MayStay(NewLine line, long open, UnsentLine? after, OnShort onShort, bool isRefused, LaterSupply later) => after?.Action switch
    {
        RoutingWords.Hold => true,
        RoutingWords.Cancel => !isRefused,                  // who asks before he sells is told no, and nothing need be cancelled
        RoutingWords.Backorder => !isRefused || later.Room(line) >= open,
        _ => StockPromise.MayWait(line, onShort, later.Now) && later.Room(line) >= open,
    };

    public static NewHold Hold(NewLine line, long open, UnsentLine? after) => after?.Action switch
    {
        RoutingWords.Hold => Says(line, open, after) with { Rule = HoldRule, Owner = Care },
        RoutingWords.Cancel => Says(line, open, after) with { Rule = CancelRule },
        _ => Says(line, open, null),
    };

    /// <summary>Does a hold wait for its units to be cancelled? Nobody releases it by hand then: the cancel would be lost. Once work has begun a person decides.</summary>
    public static bool IsToCancel(OpenOrder order, OpenHold hold) => hold is { Kind: HoldKinds.Stock, Rule: CancelRule, LineNo: { } no }
        && order.Line(no)![LineBucket.Unallocated] > 0 && !order.Lines.Exists(l => l.InWork > 0 || l.HasLeft);

    // What the merchant has said is in his own words already.
    private static NewHold Says(NewLine line, long open, UnsentLine? after) => after?.Reason is { Length: > 0 } reason ? new NewHold("stock", reason, line.LineNo)
        : new NewHold("stock", $"{open} of {line.Quantity} {line.Sku} cannot be promised.", line.LineNo) { Says = StockPromise.ShortOf(open, line.Quantity, line.Sku) };
}
