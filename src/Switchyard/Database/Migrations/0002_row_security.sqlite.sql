-- SQLite has no row security; the log and the ledger are append-only here by triggers.
create trigger events_no_update before update on events begin select raise(abort, 'events is append-only'); end;
create trigger stock_ledger_no_update before update on stock_ledger begin select raise(abort, 'stock_ledger is append-only'); end;
create trigger events_no_delete before delete on events begin select raise(abort, 'events is append-only'); end;
create trigger event_seals_no_update before update on event_seals begin select raise(abort, 'event_seals is append-only'); end;
create trigger event_seals_no_delete before delete on event_seals begin select raise(abort, 'event_seals is append-only'); end;
