-- What was paid for days to come and was given back comes off those days: a part of its own, less than zero. Where the
-- refund did not arrive, another puts it back.
alter table recognition_schedules add column cut_for uuid;
