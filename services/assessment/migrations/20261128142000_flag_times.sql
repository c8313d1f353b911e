-- When each flag of an attempt was last changed, in seconds since 1970: a change that waited on one device is not put over a
-- later one from another.
alter table submissions add column flag_times jsonb not null default '{}';
