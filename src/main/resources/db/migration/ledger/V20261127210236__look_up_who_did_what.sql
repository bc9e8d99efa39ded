-- By time needs no index of its own: an event's id begins with the millisecond at which it was recorded.
create index event_of_actor on ledger.event (actor, row);
create index event_of_action on ledger.event (action, row);
create index event_not_done on ledger.event (row) where outcome <> 'success';
-- The witnesses of one checkpoint.
create index cosignature_of_size on ledger.cosignature (size);
