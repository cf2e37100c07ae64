using Shouldly;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Erp;
using Switchyard.Support;

namespace Switchyard.Tests.Connectors;

public sealed class AdapterListTests
{
    [Fact, Trait("Kind", "Database"), Capability("CH-20")]
    public async Task Every_adapter_is_listed_with_what_it_needs_what_it_can_and_what_nobody_verified()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        foreach (var (list, codes) in new (string, IEnumerable<string>)[]
        {
            ("/channel-adapters", ConnectorsRoom.Channels().Select(c => c.Manifest.Code)), ("/support-adapters", SupportRoom.Desks().Select(d => d.Manifest.Code)),
            ("/erp-adapters", ErpRoom.Erps().Select(e => e.Manifest.Code)),
        })
        {
            var shown = (await shop.Get(list)).GetProperty("data").EnumerateArray().ToList();
            shown.Select(a => a.Text("code")).ShouldBe(codes, ignoreOrder: true, list);
            foreach (var adapter in shown)
                foreach (string part in new[] { "settings", "can", "assumptions" })
                    adapter.GetProperty(part).GetArrayLength().ShouldBeGreaterThan(0, $"{adapter.Text("code")} {part}");
        }
    }
}
