revoke update, delete, truncate on money_ledger from switchyard_app;
