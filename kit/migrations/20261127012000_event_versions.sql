-- The version of an event's shape, so that a process that does not know it yet can wait instead of failing.
alter table outbox add column version int not null default 1;
alter table inbox add column version int not null default 1;
