-- When units of a line were last taken from the shelf: a count of the shelf leaves out what is in hands, totes and parcels.
alter table fulfilment_lines add column picked_at_ms bigint;
update fulfilment_lines set picked_at_ms = (select f.updated_at_ms from fulfilment_orders f where f.id = fulfilment_lines.fulfilment_id) where picked + packed + shipped > 0;
