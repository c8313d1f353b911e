-- What a course costs, as payments tells it; empty where it is free.
alter table courses add column prices jsonb not null default '[]';
alter table courses add column price_revision int not null default 0;
