revoke update, delete, truncate on routing_versions, pick_scans, pack_log from switchyard_app;
