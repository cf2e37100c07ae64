using System.CommandLine;
using Switchyard.Cli;

namespace Switchyard.Sourcing;

/// <summary><c>switchyard solve sourcing</c>: answers problems from files; needs no database.</summary>
public static class SolveSourcingCommand
{
    public static Command Create(CommandHost host) => SolveCommand.Create(host,
        new SolveProblem("sourcing", "Which nodes send which units of an order, at the least cost", (json, budgetMs) => SolveSourcing.One(json, budgetMs)),
        SolveCommand.Bench(host, "sourcing", "Orders of 3 lines over 8 nodes a second, on one core", () =>
        [
            SourcingBench.Run(orders: 20_000, lines: 3, nodes: 8).ToString(),
            SourcingBench.Run(orders: 200, lines: 10, nodes: 1_000).ToString(),
        ]));
}
