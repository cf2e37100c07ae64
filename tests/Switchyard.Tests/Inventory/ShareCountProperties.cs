using Shouldly;
using Switchyard.Inventory;
using Xunit.Abstractions;

namespace Switchyard.Tests.Inventory;

/// <summary>The count of a divided SKU over random lives of its stock; set SHARE_SEED to repeat a run.</summary>
[Capability("AX-09")]
public sealed class ShareCountProperties(ITestOutputHelper output)
{
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("SHARE_SEED"), out int seed) ? seed : Environment.TickCount & 0xFFFFF;

    private static ShareRule Rule(bool isRestShared, params (long Channel, decimal? Percent, long? Units)[] parts) => new("R", 1,
        [.. parts.Select(p => new SharePart("P" + p.Channel, [p.Channel], [], p.Percent, p.Units))], isRestShared, new HashSet<string>(), new HashSet<string>(), new HashSet<string>());

    private static SoldTo To(long channel) => new(channel, []);

    [Fact]
    public void Eighty_ten_ten_of_a_hundred_is_what_it_says()
    {
        var rule = Rule(false, (1, 80, null), (2, 10, null), (3, 10, null));
        var count = new ShareCount(rule, 100);
        (count.Room(To(1)), count.Room(To(2)), count.Room(To(3)), count.Room(To(4))).ShouldBe((80, 10, 10, 0));
        count.Take(To(2), 10);
        (count.Room(To(2)), count.Room(To(1))).ShouldBe((0, 80));
        new ShareCount(rule, 9).Cap(1).ShouldBe(0, "a tenth of nine is rounded down");
        (new ShareCount(rule, 9).Cap(0), new ShareCount(rule, 9).Cap(3), new ShareCount(rule, 1).Room(To(1))).ShouldBe((9, 0, 1), "what rounding leaves is the largest part's");
        new ShareCount(rule, -5).Room(To(1)).ShouldBe(0);
        var thirds = new ShareCount(Rule(true, (1, 33.33m, null), (2, null, 30)), 100);
        (thirds.Cap(0), thirds.Cap(1), thirds.Cap(2)).ShouldBe((33, 30, 37));
        thirds.Take(To(1), 60);
        (thirds.Room(To(1)), thirds.Room(To(2)), thirds.Room(To(9))).ShouldBe((10, 40, 10), "what one part took of the rest is gone for the others");
    }

    [Fact]
    public void A_part_belongs_to_the_first_that_takes_it()
    {
        var rule = new ShareRule("R", 1, [new SharePart("Trade", [], ["trade"], 30, null), new SharePart("Web", [1], [], 50, null)], false, new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        (rule.PartOf(new SoldTo(1, ["TRADE"])), rule.PartOf(To(1)), rule.PartOf(To(2))).ShouldBe((0, 1, 2));
    }

    /// <summary>
    /// Whatever is sold, sent, cancelled and delivered in whatever order: no part of a strict rule ever has more than its share of all there
    /// was at the time it took it, and the others can always still have theirs.
    /// </summary>
    [Fact]
    public void No_part_takes_more_than_its_share_and_none_is_kept_from_its_own()
    {
        output.WriteLine($"SHARE_SEED={_seed}");
        var dice = new Random(_seed);
        for (int life = 0; life < 400; life++)
        {
            int parts = dice.Next(1, 4);
            var shares = new decimal[parts];
            decimal left = 100;
            for (int i = 0; i < parts; i++) left -= shares[i] = Math.Round(left * dice.Next(101) / 100, 2);
            bool isShared = dice.Next(2) == 0;
            var rule = Rule(isShared, [.. shares.Select((s, i) => ((long)i + 1, (decimal?)s, (long?)null))]);
            long onHand = dice.Next(200), sold = 0;
            var held = new long[parts + 1];
            var gone = new long[parts + 1];
            for (int step = 0; step < 120; step++)
            {
                int who = dice.Next(parts + 1);
                var count = Count();
                long supply = onHand + sold, room = count.Room(To(who + 1)), free = onHand - held.Sum();
                switch (dice.Next(6))
                {
                    case 0 or 1 or 2:
                        long units = Math.Min(dice.Next(1, 30), Math.Min(room, free));
                        held[who] += units;
                        if (who < parts && !isShared && units > 0)
                            (held[who] + gone[who]).ShouldBeLessThanOrEqualTo((long)decimal.Floor(supply * shares[who] / 100m) + (shares.Sum() == 100 ? parts - 1 : 0), $"life {life} step {step}");
                        break;
                    case 3:
                        long sent = dice.NextInt64(held[who] + 1);
                        long before = Count().Room(To(who + 1));
                        (held[who], gone[who], sold, onHand) = (held[who] - sent, gone[who] + sent, sold + sent, onHand - sent);
                        Count().Room(To(who + 1)).ShouldBe(before, "sending goods changes nobody's share");
                        break;
                    case 4: held[who] -= dice.NextInt64(held[who] + 1); break;
                    case 5: onHand += dice.Next(40); break;
                }
                var after = Count();
                // What is left of every cap is there, all at once, but for a unit a part that rounding may move.
                Enumerable.Range(0, parts).Sum(i => Math.Max(0, after.Cap(i) - after.Used(i))).ShouldBeLessThanOrEqualTo(Math.Max(0, onHand - held.Sum()) + parts, $"life {life} step {step}");
            }

            ShareCount Count()
            {
                var count = new ShareCount(rule, onHand + sold);
                for (int i = 0; i <= parts; i++) count.Take(To(i + 1), held[i] + gone[i]);
                return count;
            }
        }
    }
}
