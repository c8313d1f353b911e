-- Breaks that stop the clock of an attempt, in minutes: of everyone, and beside those of one learner.
alter table quizzes add column break_minutes int not null default 0 check (break_minutes >= 0);
alter table accommodations
  add column extra_break_minutes int not null default 0 check (extra_break_minutes >= 0);

-- What an attempt may take of them, and what it took: moments, `from` and `to`. One that is running has its last moment in
-- `to`, so that it ends without anybody having to end it, and `expires_at` counts it from its beginning.
alter table submissions
  add column break_seconds int not null default 0 check (break_seconds >= 0),
  add column breaks jsonb not null default '[]' check (jsonb_typeof(breaks) = 'array');
