create trigger routing_versions_no_update before update on routing_versions begin select raise(abort, 'routing_versions is append-only'); end;
create trigger routing_versions_no_delete before delete on routing_versions begin select raise(abort, 'routing_versions is append-only'); end;
create trigger pick_scans_no_update before update on pick_scans begin select raise(abort, 'pick_scans is append-only'); end;
create trigger pick_scans_no_delete before delete on pick_scans begin select raise(abort, 'pick_scans is append-only'); end;
create trigger pack_log_no_update before update on pack_log begin select raise(abort, 'pack_log is append-only'); end;
create trigger pack_log_no_delete before delete on pack_log begin select raise(abort, 'pack_log is append-only'); end;
