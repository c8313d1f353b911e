-- Of when a copy of what auth owns is. Events may come in any order; one that is older than the copy is let pass.
alter table people add column as_of timestamptz not null default '-infinity';
alter table organizations add column as_of timestamptz not null default '-infinity';
