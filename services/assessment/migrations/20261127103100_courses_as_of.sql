-- Of when our copy of a course is. Events may come in any order; one that is older than the copy is let pass.
alter table courses add column as_of timestamptz not null default '-infinity';
