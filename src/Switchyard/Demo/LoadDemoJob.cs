using System.Text.Json;
using Switchyard.Access;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;

namespace Switchyard.Demo;

/// <summary>Loads the demo shop step by step. A step that was begun when its process died is begun anew and does nothing twice.</summary>
public sealed class LoadDemoJob : JobKind
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);

    /// <param name="At">Everything is dated from it.</param>
    public sealed record Arguments(string Shop, DateTimeOffset At, int History);

    /// <summary>Orders of the past that a new job makes.</summary>
    public int PastOrders { get; set; } = DemoShop.HistoryOrders;

    public override string Code => "demo.load";
    public override Permission Permission => Permission.AccessManage;

    public override async Task<bool> Next(JobTurn turn)
    {
        var wanted = JsonSerializer.Deserialize<Arguments>(turn.Job.Arguments, Json.Options)!;
        var shop = new DemoShop(wanted.At, wanted.History);
        var stage = new DemoStage(turn.Actor, turn.Db, turn.Services, wanted.At, turn.Stop) { MayBeRepeated = true, People = await Starter(turn) };
        long begun = TimeProvider.System.GetTimestamp();
        try
        {
            for (int step = (int)turn.Job.Position; step < shop.Steps.Count; step++)
            {
                if (await shop.Do(step, stage) is { } error) throw new JobRefusedException(error);
                var done = new JobStep(step + 1, []) { Total = shop.Steps.Count, OkUnlisted = 1 };
                if ((await turn.Commit(_ => Task.FromResult<Result<JobStep>>(done))).Error is { } refused) throw new JobRefusedException(refused);
                if (turn.IsToEnd || TimeProvider.System.GetElapsedTime(begun) > AtOnce) return step + 1 == shop.Steps.Count;
            }
            return true;
        }
        finally { await DemoShop.Close(stage); }
    }

    /// <summary>Whoever started it gets the orders to deal with; nobody is made up who could sign in.</summary>
    private static Task<List<string>> Starter(JobTurn turn) => turn.Db.Read(turn.Actor, work => work.Query(
        "select user_name from users where 'user:' || id = @who and user_name is not null limit 1", row => row.Text(), ("who", turn.Actor.Id)));
}
