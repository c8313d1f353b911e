-- Until when a quiz is taken, when it is due, what being late costs, and which of several attempts counts.
alter table quizzes
  add column closes_at timestamptz,
  add column due_at timestamptz,
  add column late_percent_per_day int not null default 0 check (late_percent_per_day between 0 and 100),
  add column counted_attempt text not null default 'best'
    check (counted_attempt in ('best', 'last', 'average', 'first'));

-- The time limit that an attempt began with: its end is counted anew when the closing of its quiz moves.
alter table submissions add column limit_seconds int check (limit_seconds > 0);
update submissions set limit_seconds = greatest(1, round(extract(epoch from expires_at - started_at)))
where state = 'in_progress' and expires_at is not null;
