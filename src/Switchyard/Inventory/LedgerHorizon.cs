using Switchyard.Database;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>How far the stock ledger may be read: the highest entry below which none can still appear.</summary>
public sealed class LedgerHorizon(Db db) : CommitHorizon(db, "stock_ledger", "id");
