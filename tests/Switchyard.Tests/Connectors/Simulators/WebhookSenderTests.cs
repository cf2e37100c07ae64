using System.Net;
using Shouldly;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>What a simulated vendor's webhooks can be told to do wrong.</summary>
public sealed class WebhookSenderTests : IAsyncLifetime
{
    private readonly WooCommerceSim _sim = new();
    private readonly Mailbox _mailbox = new();

    public Task InitializeAsync()
    {
        _sim.Sender.Http = new HttpClient(_mailbox);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _sim.DisposeAsync();

    private void Send(int count)
    {
        for (int i = 0; i < count; i++)
        {
            int no = i;
            var message = new SimMessage($"m{i}", "order.updated", "1", "http://shop.test/", new Dictionary<string,
                string>
            { ["Content-Type"] = "application/json", ["X-No"] = $"{i}" }, [(byte)i]);
            _sim.Sender.Send(message with
            {
                Forged = () => message with
                {
                    EventId = $"forged{no}",
                    Headers = new Dictionary<string,
                string>(message.Headers)
                    { ["X-No"] = $"forged {no}" }
                }
            });
        }
    }

    private async Task<string[]> Come()
    {
        await _sim.Sender.Quiet();
        return [.. _mailbox.Mails.Select(m => m.Headers["X-No"])];
    }

    [Fact]
    public async Task Messages_go_out_in_order_and_each_once()
    {
        Send(20);
        (await Come()).ShouldBe(Enumerable.Range(0, 20).Select(i => $"{i}"));
        _sim.Sender.Deliveries.ShouldAllBe(d => d.IsTaken && d.Try == 1);
    }

    [Fact]
    public async Task Messages_are_tripled_forged_and_lost()
    {
        (_sim.Sender.Copies, _sim.Sender.ForgesToo, _sim.Sender.DropEvery) = (3, true, 4);
        Send(8);
        string[] came = await Come();
        _sim.Sender.Dropped.ShouldBe(2);
        came.Count(n => n.StartsWith("forged", StringComparison.Ordinal)).ShouldBe(6);
        came.Where(n => !n.StartsWith("forged", StringComparison.Ordinal)).GroupBy(n => n).Select(g => g.Count()).ShouldBe(Enumerable.Repeat(3, 6));
        came.ShouldNotContain("3");
    }

    [Fact]
    public async Task Messages_are_shuffled_in_groups_and_held_until_they_are_let_go()
    {
        _sim.Sender.ShuffleBy = 10;
        Send(25);
        string[] came = await Come();
        came.Length.ShouldBe(20);
        came.ShouldNotBe(Enumerable.Range(0, 20).Select(i => $"{i}"));
        came.Take(10).Order().ShouldBe(Enumerable.Range(0, 10).Select(i => $"{i}").Order());
        _sim.Sender.Held.ShouldBe(5);
        _sim.Sender.Release();
        (await Come()).Length.ShouldBe(25);

        _sim.Sender.Holds = true;
        Send(3);
        (await Come()).Length.ShouldBe(25);
        _sim.Sender.Release(shuffled: true);
        (await Come()).Length.ShouldBe(28);
    }

    [Fact]
    public async Task What_is_not_taken_is_tried_again_and_what_was_sent_can_be_replayed()
    {
        _sim.Sender.Retries = 2;
        _mailbox.Answer = HttpStatusCode.InternalServerError;
        Send(1);
        (await Come()).ShouldBe(["0", "0", "0"]);
        _sim.Sender.Deliveries.Select(d => d.Try).ShouldBe([1, 2, 3]);
        _mailbox.Answer = HttpStatusCode.OK;
        _sim.Sender.Replay();
        (await Come()).Length.ShouldBe(4);
    }

    [Fact]
    public async Task During_an_outage_nothing_is_sent_and_nothing_is_made_up_for()
    {
        _sim.Sender.DropsAll = true;
        Send(5);
        _sim.Sender.DropsAll = false;
        Send(1);
        (await Come()).ShouldBe(["0"]);
        _sim.Sender.Dropped.ShouldBe(5);
    }
}
