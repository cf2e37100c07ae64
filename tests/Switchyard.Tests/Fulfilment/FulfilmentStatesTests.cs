using Shouldly;
using Switchyard.Fulfilment;

namespace Switchyard.Tests.Fulfilment;

public sealed class FulfilmentStatesTests
{
    [Fact]
    public void The_diagrams_in_the_rooms_page_are_the_tables()
    {
        string page = File.ReadAllText(Path.Combine(TestPostgres.Root, "src", "Switchyard", "Fulfilment", "README.md")).ReplaceLineEndings("\n");
        page.ShouldContain(FulfilmentOrderStates.Allowed.ToMermaid());
        page.ShouldContain(PackageStates.Allowed.ToMermaid());
    }
}
