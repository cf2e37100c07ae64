using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Switchyard.Connectors;

namespace Switchyard.Tests.Connectors;

/// <summary>However often a connection's work is wished for, it goes on once at a time, and one slow piece keeps nothing else waiting.</summary>
public sealed class OnePerConnectionTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);
    private static TaskCompletionSource Gate() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Wishes_that_come_while_it_goes_on_make_it_go_on_once_more()
    {
        var (begun, go) = (new SemaphoreSlim(0), Gate());
        int runs = 0, at = 0, most = 0;
        var one = new OnePerConnection(NullLogger.Instance, "test");
        var id = Guid.NewGuid();
        void wish(bool again) => one.Start(id, async () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref at));
            Interlocked.Increment(ref runs);
            begun.Release();
            await go.Task;
            Interlocked.Decrement(ref at);
        }, default, again);
        wish(again: true);
        (await begun.WaitAsync(Long)).ShouldBeTrue();
        Parallel.For(0, 100, _ => wish(again: true));
        // Another connection waits for none of it.
        var other = Gate();
        one.Start(Guid.NewGuid(), () => { other.SetResult(); return Task.CompletedTask; }, default);
        await other.Task.WaitAsync(Long);
        go.SetResult();
        await one.Idle().WaitAsync(Long);
        (runs, most, one.Running.Count).ShouldBe((2, 1, 0));
        // A round that finds it going on wishes for nothing; one that throws keeps no later one from it.
        one.Start(id, () => throw new InvalidOperationException(), default);
        await one.Idle().WaitAsync(Long);
        wish(again: false);
        await one.Idle().WaitAsync(Long);
        runs.ShouldBe(3);
    }

    [Fact]
    public async Task A_slow_piece_keeps_its_place_and_no_other_and_none_is_in_work_twice()
    {
        var slow = Gate();
        var open = new HashSet<int> { 0 };
        var seen = new Dictionary<int, int>();
        int most = 0, at = 0;
        var work = new WorkOff<int>(3, (_, _, n) => { lock (open) return Task.FromResult(open.Order().Take(n).ToList()); }, async (_, _, piece, _) =>
        {
            lock (open) seen[piece] = seen.GetValueOrDefault(piece) + 1;
            most = Math.Max(most, Interlocked.Increment(ref at));
            if (piece == 0) await slow.Task;
            Interlocked.Decrement(ref at);
            if (piece == 7) return false;
            lock (open) open.Remove(piece);
            return true;
        }, NullLogger.Instance, "test");
        var id = Guid.NewGuid();
        work.Start(id, 1, default, again: true);
        await Until(() => seen.ContainsKey(0));
        // What comes while the slow one is in work is done beside it.
        lock (open) open.UnionWith(Enumerable.Range(1, 20));
        work.Start(id, 1, default, again: true);
        await Until(() => open.Count == 2);
        work.Start(id, 1, default, again: true);
        slow.SetResult();
        await work.Idle().WaitAsync(Long);
        seen.Values.ShouldAllBe(n => n == 1);
        (seen.Count, open.Single()).ShouldBe((21, 7));
        most.ShouldBeLessThanOrEqualTo(3);

        async Task Until(Func<bool> isSo)
        {
            for (var deadline = DateTime.UtcNow + Long; ;)
            {
                lock (open) if (isSo()) return;
                (DateTime.UtcNow < deadline).ShouldBeTrue("it did not become so");
                await Task.Delay(5);
            }
        }
    }
}
