-- Whether attempts at a quiz are logged, and for how many days an entry is kept. An attempt keeps what was told before it
-- began; null is one without a log.
alter table quizzes
  add column integrity_log boolean not null default false,
  add column integrity_log_days int not null default 90 check (integrity_log_days between 1 and 400);
alter table submissions add column log_days int check (log_days > 0);

create table integrity_entries (
  organization_id uuid not null,
  submission_id uuid not null references submissions on delete cascade,
  -- Made by the device, so that a batch that is sent again counts once.
  id uuid not null,
  kind text not null,
  details jsonb not null,
  -- By the clock of the device, which may be wrong; null for what the service noted.
  device_at timestamptz,
  noted_at timestamptz not null default clock_timestamp(),
  delete_at timestamptz not null,
  primary key (submission_id, id)
);
create index integrity_entries_delete_at on integrity_entries (delete_at);

select protect_by_organization('integrity_entries');
