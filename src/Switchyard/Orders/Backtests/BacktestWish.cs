using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>What is to be tried on the past.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="From">Orders placed from here,</param>
/// <param name="To">up to here.</param>
/// <param name="Strategy">A strategy that decides about all of them: its draft when there is one, else its newest version.</param>
/// <param name="Number">A published version of it.</param>
/// <param name="Rules">Or rules as they would be written.</param>
/// <param name="House">Or the house rule, without any strategy. With none of these each order goes by the strategy of its time.</param>
/// <param name="Change">How nodes and prices would be otherwise.</param>
public sealed record BacktestWish(string? Name = null, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Strategy = null, long? Number = null, RoutingRules? Rules = null,
    bool House = false, NetworkChange? Change = null)
{
    public const int MostDays = 400, MostOrders = 100_000;

    internal void Check(Checks checks, MerchantSettings now)
    {
        checks.That(From is not null, "/from", "field.required", "Say from when.");
        checks.That(To is not null, "/to", "field.required", "Say until when.");
        checks.That(From is not { } from || To is not { } to || to > from && to - from <= TimeSpan.FromDays(MostDays), "/to", "field.out_of_range", $"A period ends after it begins and has at most {MostDays} days.");
        checks.That((Rules is null ? 0 : 1) + (Strategy is null ? 0 : 1) + (House ? 1 : 0) <= 1, "/rules", "field.out_of_range", "Say a strategy, rules, or the house rule.");
        checks.That(Number is null || Strategy is not null, "/strategy", "field.required", "Say the strategy too.");
        checks.Text(Name, "/name", 200);
        checks.Text(Strategy, "/strategy", 64);
        if (Rules is not null) RoutingForm.Check(checks, Rules, "/rules");
        if (Change is not null) NetworkChanges.Check(checks, Change, now, "/change");
    }
}
