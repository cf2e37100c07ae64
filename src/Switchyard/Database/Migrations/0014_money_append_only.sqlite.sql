create trigger money_ledger_no_update before update on money_ledger begin select raise(abort, 'money_ledger is append-only'); end;
create trigger money_ledger_no_delete before delete on money_ledger begin select raise(abort, 'money_ledger is append-only'); end;
